import { withChange } from "../address/filters.js"
import { byId } from "../page/dom.js"
import { showChips } from "./chips.js"
import { changeIn, fillForm } from "./form.js"
import { handleBox } from "./handles.js"
import { menus } from "./menus.js"

/** @typedef {import("../address/filters.js").Filters} Filters */

const typingPause = 300

/**
 * The filter bar: shows the filters of the address, and asks for others.
 * @param {{now: () => Filters, apply: (filters: Filters, options?: {replace: boolean}) => void}} address
 */
export function filterBar({ now, apply }) {
  const form = /** @type {HTMLFormElement} */ (byId("filter-form"))
  const search = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"))
  const toggle = byId("filters-toggle")
  let pause = 0
  let typing = false
  const searchNow = () => {
    clearTimeout(pause)
    if (search.value.trim() === now().q) return
    apply(withChange(now(), { q: search.value.trim() }), { replace: typing })
    typing = true
  }

  menus(form)
  handleBox((handle) => apply(withChange(now(), { handle: [...new Set([...now().handle, handle])] })))
  form.addEventListener("submit", (event) => { event.preventDefault(); searchNow() })
  form.addEventListener("change", (event) => {
    const change = changeIn(/** @type {HTMLInputElement} */ (event.target), form)
    if (change) apply(withChange(now(), change))
  })
  search.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(searchNow, typingPause) })
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); searchNow() } })
  search.addEventListener("blur", () => { searchNow(); typing = false })
  toggle.addEventListener("click", () => { toggle.ariaExpanded = String(form.classList.toggle("expanded")) })

  return {
    show(/** @type {Filters} */ filters) {
      if (search.value.trim() !== filters.q) typing = false
      fillForm(form, filters)
      showChips(filters, apply)
    },
    focus() {
      search.focus()
      search.select()
    },
  }
}
