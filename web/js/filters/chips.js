import { everything, isNarrow } from "../address/filters.js"
import { byId, element, icon } from "../lib/dom.js"
import { filtersInWords } from "../address/filters-in-words.js"

/**
 * What is in use, a chip each.
 * @param {Filters} filters
 * @param {(filters: Filters) => void} apply
 */
export function showChips(filters, apply) {
  fill(isNarrow(filters) ? chipRow(filters, apply) : [element("span", { class: "chips-none" }, "All posts")])
}

/** Focus goes to the filter that came last, as Backspace goes to the letter before. */
export function focusLastChip() {
  const chips = byId("chips").querySelectorAll(".chip:not(.clear)")
  chips[chips.length - 1]?.focus()
}

/**
 * The focus of a chip that goes away moves to its neighbour.
 * @param {HTMLElement[]} content
 */
function fill(content) {
  const row = byId("chips")
  const focused = [...row.children].indexOf(document.activeElement)
  row.replaceChildren(...content)
  if (focused < 0) return
  const next = content[Math.min(focused, content.length - 1)]
  if (next instanceof HTMLButtonElement) next.focus()
  else byId("filters").querySelector("input")?.focus()
}

const takeAway = ["Backspace", "Delete"]

/**
 * A chip for each filter in use, and one that takes all away.
 * @param {Filters} filters
 * @param {(filters: Filters) => void} apply
 * @returns {HTMLElement[]}
 */
export function chipRow(filters, apply) {
  const clear = element("button", { class: "chip clear", type: "button" }, "Clear all")
  clear.addEventListener("click", () => apply(everything(filters)))
  return [...filtersInWords(filters).map(({ label, rest }) => chip(label, () => apply(rest))), clear]
}

/**
 * @param {string} label
 * @param {() => void} remove
 */
function chip(label, remove) {
  const button = element("button", { class: "chip", type: "button", "aria-label": `${label}, remove this filter`, title: label },
    element("span", {}, label),
    icon("close"))
  button.addEventListener("click", remove)
  button.addEventListener("keydown", (event) => { if (takeAway.includes(event.key)) remove() })
  return button
}
