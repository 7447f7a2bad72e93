import { filtersInWords } from "../address/filters-in-words.js"
import { everything, isNarrow } from "../address/filters.js"
import { byId, element, icon } from "../lib/dom.js"

const row = byId("chips")
const more = element("button", { class: "chip more-chips", type: "button", "aria-controls": "chips", hidden: "" })
const clear = element("button", { class: "chip clear", type: "button", hidden: "" }, "Clear all")
row.after(more, clear)
more.addEventListener("click", () => {
  row.classList.add("all")
  fit()
  row.querySelector(".chip")?.focus()
})
new ResizeObserver(fit).observe(row)

/** @type {() => void} */
let clearAll = () => {}
clear.addEventListener("click", () => clearAll())

/**
 * What is in use, a chip each, and one that takes all away.
 * @param {Filters} filters
 * @param {(filters: Filters) => void} apply
 */
export function showChips(filters, apply) {
  const narrow = isNarrow(filters)
  clear.hidden = !narrow
  clearAll = () => apply(everything(filters))
  if (!narrow) row.classList.remove("all")
  fill(narrow ? filtersInWords(filters).map(({ label, rest }) => chip(label, () => apply(rest))) :
    [element("span", { class: "chips-none" }, "All posts")])
  fit()
}

/** Focus goes to the filter that came last, as Backspace goes to the letter before. */
export function focusLastChip() {
  row.classList.add("all")
  fit()
  const chips = row.querySelectorAll(".chip")
  chips[chips.length - 1]?.focus()
}

/** Chips without room are counted on a button, which gives them room. What sticks below the bar is told how much higher it is. */
function fit() {
  const chips = /** @type {HTMLElement[]} */ ([...row.children])
  for (const each of [...chips, more]) each.hidden = each === more
  if (!row.classList.contains("all") && row.scrollWidth > row.clientWidth && chips.length > 1) {
    more.hidden = false
    const fitting = chips.findIndex((each) => each.offsetLeft + each.offsetWidth > row.offsetLeft + row.clientWidth)
    const left = chips.slice(Math.max(1, fitting))
    for (const each of left) each.hidden = true
    more.textContent = `+${left.length}`
    more.ariaLabel = `${left.length} more in use`
  }
  const rows = Math.round(row.offsetHeight / row.firstElementChild.offsetHeight)
  document.documentElement.style.setProperty("--more-chips", `${rows > 1 ? row.offsetHeight - 38 : 0}px`)
}

/**
 * The focus of a chip that goes away moves to its neighbour.
 * @param {HTMLElement[]} content
 */
function fill(content) {
  const focused = [...row.children].indexOf(document.activeElement)
  row.replaceChildren(...content)
  if (focused < 0) return
  const next = content[Math.min(focused, content.length - 1)]
  if (next instanceof HTMLButtonElement) next.focus()
  else byId("filters").querySelector("input")?.focus()
}

const takeAway = ["Backspace", "Delete"]

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
