import { isNarrow } from "../address/filters.js"
import { byId, element } from "../page/dom.js"
import { chipRow } from "./chip-row.js"

/** @typedef {import("../address/types.js").Filters} Filters */

/** What is in use, a chip each. @param {Filters} filters @param {(filters: Filters) => void} apply */
export function showChips(filters, apply) {
  fill(isNarrow(filters) ? chipRow(filters, apply) : [element("span", { class: "chips-none" }, "All posts")])
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
