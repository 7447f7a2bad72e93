import { byId } from "../page/dom.js"
import { focusLastChip, showChips } from "./chips.js"
import { showInUse } from "./in-use.js"
import { lazyPanels } from "./lazy-panels.js"
import { menus } from "./menus.js"
import { searchBox } from "./search-box.js"

/** @typedef {import("../address/filters.js").Filters} Filters */
/** @typedef {{now: () => Filters, apply: (filters: Filters, options?: {replace: boolean}) => void}} Address */

/** The filter bar: shows the filters of the address, and asks for others. @param {Address} address */
export function filterBar(address) {
  const form = /** @type {HTMLFormElement} */ (byId("filter-form"))
  const toggle = byId("filters-toggle")
  const search = searchBox(form, { ...address, before: focusLastChip })
  const panels = lazyPanels(form, address)
  menus(form)
  form.addEventListener("submit", (event) => event.preventDefault())
  toggle.addEventListener("click", () => { toggle.ariaExpanded = String(form.classList.toggle("expanded")) })

  return {
    /** @param {Filters} filters */
    show(filters) {
      search.show(filters)
      panels.show(filters)
      showInUse(form, filters)
      showChips(filters, address.apply)
    },
    focus: search.focus,
  }
}
