import { isNarrow } from "../address/filters.js"
import { byId, element } from "../page/dom.js"

/** @typedef {import("../address/filters.js").Filters} Filters */

/** @type {Filters|null} */
let wanted = null

/** What is in use, a chip each; they are fetched when there is a first one. @param {Filters} filters @param {(filters: Filters) => void} apply */
export async function showChips(filters, apply) {
  wanted = filters
  if (!isNarrow(filters)) return fill([element("span", { class: "chips-none" }, "All posts")])
  try {
    const { chipRow } = await import("./chip-row.js")
    if (wanted === filters) fill(chipRow(filters, apply))
  } catch {
    if (wanted === filters) fill([element("span", { class: "chips-none" }, "Some posts, see the filters")])
  }
}

/** Focus goes to the filter that came last, as Backspace goes to the letter before. */
export function focusLastChip() {
  const chips = byId("chips").querySelectorAll(".chip:not(.clear)")
  chips[chips.length - 1]?.focus()
}

/** The focus of a chip that goes away moves to its neighbour. @param {HTMLElement[]} content */
function fill(content) {
  const row = byId("chips")
  const focused = [...row.children].indexOf(document.activeElement)
  row.replaceChildren(...content)
  if (focused < 0) return
  const next = content[Math.min(focused, content.length - 1)]
  if (next instanceof HTMLButtonElement) next.focus()
  else byId("filters").querySelector("input")?.focus()
}
