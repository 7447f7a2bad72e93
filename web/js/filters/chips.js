import { everything, isNarrow } from "../address/filters.js"
import { byId, element, fromTemplate } from "../page/dom.js"
import { filtersInWords } from "./words.js"

/** @typedef {import("../address/filters.js").Filters} Filters */

const takeAway = ["Backspace", "Delete"]

/** @param {Filters} filters @param {(filters: Filters) => void} apply */
export function showChips(filters, apply) {
  const row = byId("chips")
  const focused = [...row.children].indexOf(document.activeElement)
  if (!isNarrow(filters)) {
    row.replaceChildren(element("span", { class: "chips-none" }, "All posts"))
  } else {
    row.replaceChildren(...filtersInWords(filters).map(({ label, rest }) => chip(label, () => apply(rest))), clearAll(() => apply(everything(filters))))
  }
  if (focused < 0) return
  const next = row.children[Math.min(focused, row.children.length - 1)]
  if (next instanceof HTMLButtonElement) next.focus()
  else byId("filters").querySelector("input")?.focus()
}

/** Focus goes to the filter that came last, as Backspace goes to the letter before. */
export function focusLastChip() {
  const chips = byId("chips").querySelectorAll(".chip:not(.clear)")
  chips[chips.length - 1]?.focus()
}

/** @param {string} label @param {() => void} remove */
function chip(label, remove) {
  const button = fromTemplate("chip-template")
  button.firstElementChild.textContent = label
  button.ariaLabel = `${label}, remove this filter`
  button.title = label
  button.addEventListener("click", remove)
  button.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (takeAway.includes(event.key)) remove() })
  return button
}

/** @param {() => void} clear */
function clearAll(clear) {
  const button = element("button", { class: "chip clear", type: "button" }, "Clear all")
  button.addEventListener("click", clear)
  return button
}
