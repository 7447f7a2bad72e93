import { fields, names, sortOf, toSearch, withChange } from "../address/filters.js"
import { byId, within } from "../lib/dom.js"
import { late, lazyPanels } from "../lib/late.js"
import { store } from "../lib/store.js"
import { zoneTime } from "../lib/time/format.js"

const typingPauseMs = 300
const shownPart = late(() => import("./shown-view.js"))

/**
 * The filter bar: shows the filters of the address, and asks for others.
 * @param {Address} address
 * @param {FeedView} feed
 */
export function filterBar(address, feed) {
  const form = /** @type {HTMLFormElement} */ (byId("filter-form"))
  const toggle = byId("filters-toggle")
  /** @type {import("./shown-view.js").ShownView|null} fetched with the first filter, order, zone or saved view */
  let shown = null
  const isPlain = () => toSearch(address.now()) === "" && !store.get("views")
  const sayPlain = () => {
    if (shown) return
    within(form, ".chips-none").textContent = isPlain() ? "All posts" : "Some posts, see the filters"
    byId("view-line").textContent = isPlain() ? `${allPosts() || "All posts"} · ${zoneTime()}` : ""
  }
  const sayView = async () => {
    sayPlain()
    if (!isPlain()) shown ??= await shownPart().then(({ ShownView }) => new ShownView(address, feed)).catch(() => null)
    shown?.say()
  }
  const allPosts = () => {
    const count = within(byId("summary"), "[data-count=posts]").title
    return count && `${count} ${count === "1" ? "post" : "posts"}`
  }
  byId("summary").addEventListener("counted", sayPlain)
  const search = searchBox(form, { ...address, before: () => shown?.focusLastChip() })
  const showPanels = lazyPanels(form, () => import("./panels.js").then(({ panels }) => () => panels(form, address)))
  form.addEventListener("submit", (event) => event.preventDefault())
  toggle.addEventListener("click", () => { toggle.ariaExpanded = String(form.classList.toggle("expanded")) })

  return {
    /** @param {Filters} filters */
    show(filters) {
      search.show(filters)
      showPanels()
      showInUse(form, filters)
      sayView()
    },
    focus: search.focus,
  }
}

/**
 * Marks the menus whose filters are in use, and names the order.
 * @param {HTMLElement} form
 * @param {Filters} filters
 */
function showInUse(form, filters) {
  for (const menu of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-menu]"))) {
    menu.classList.toggle("active", names.some((name) => fields[name].menu === menu.dataset.menu && filters[name].length > 0))
  }
  byId("sort-name").textContent = sortOf(filters.sort).name
}

/**
 * The search follows the typing; all of one visit to the box is one step of history.
 * @param {HTMLFormElement} form
 * @param {{now: () => Filters, apply: (filters: Filters, options?: {replace: boolean}) => void, before: () => void}} ways `before`: what
 * Backspace leads to when there is no text
 */
function searchBox(form, { now, apply, before }) {
  const box = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"))
  let pause = 0
  let typing = false
  const searchNow = () => {
    clearTimeout(pause)
    if (box.value.trim() === now().q) return
    apply(withChange(now(), { q: box.value.trim() }), { replace: typing })
    typing = true
  }
  box.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(searchNow, typingPauseMs) })
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return
    if (event.key === "Backspace" && box.value === "") before()
    if (event.key === "Enter") searchNow()
  })
  box.addEventListener("blur", () => { searchNow(); typing = false })

  return {
    /** @param {Filters} filters */
    show(filters) {
      if (box.value.trim() === filters.q) return
      typing = false
      box.value = filters.q
    },
    focus() {
      box.focus()
      box.select()
    },
  }
}
