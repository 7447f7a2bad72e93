import { everything } from "../address/filters.js"
import { element, icon } from "../page/dom.js"
import { filtersInWords } from "./words.js"

/** @typedef {import("../address/types.js").Filters} Filters */

const takeAway = ["Backspace", "Delete"]

/** A chip for each filter in use, and one that takes all away. @param {Filters} filters @param {(filters: Filters) => void} apply @returns {HTMLElement[]} */
export function chipRow(filters, apply) {
  const clear = element("button", { class: "chip clear", type: "button" }, "Clear all")
  clear.addEventListener("click", () => apply(everything(filters)))
  return [...filtersInWords(filters).map(({ label, rest }) => chip(label, () => apply(rest))), clear]
}

/** @param {string} label @param {() => void} remove */
function chip(label, remove) {
  const button = element("button", { class: "chip", type: "button", "aria-label": `${label}, remove this filter`, title: label }, element("span", {}, label), icon("close"))
  button.addEventListener("click", remove)
  button.addEventListener("keydown", (event) => { if (takeAway.includes(event.key)) remove() })
  return button
}
