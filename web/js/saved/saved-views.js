import { store } from "../lib/store.js"

/**
 * A view with a name, kept by this browser; what it shows is an address.
 * @typedef {{name: string, search: string}} SavedView
 */

/** No name is longer. */
export const longestName = 40

/** @returns {SavedView[]} in the reader's order */
export function savedViews() {
  try {
    const kept = JSON.parse(store.get("views") ?? "[]")
    return Array.isArray(kept) ? kept.filter(isView) : []
  } catch {
    return []
  }
}

/** @param {SavedView[]} views that are kept from now on; the document hears of it */
export function keepViews(views) {
  store.set("views", views.length > 0 ? JSON.stringify(views) : null)
  document.dispatchEvent(new Event("viewskept"))
}

/**
 * A name stands for one view: saving under it again replaces what it stood for, where it stands.
 * @param {SavedView[]} views
 * @param {SavedView} view
 */
export function withView(views, view) {
  const at = views.findIndex(({ name }) => name === view.name)
  return at < 0 ? [...views, view] : views.with(at, view)
}

/**
 * @param {SavedView[]} views
 * @param {number} at
 * @param {1|-1} by
 */
export function moved(views, at, by) {
  const rest = views.toSpliced(at, 1)
  return rest.toSpliced(Math.min(Math.max(at + by, 0), rest.length), 0, views[at])
}

/** @returns {string|null} the search of the view that a bare address opens */
export const homeSearch = () => store.get("home")

/** @param {string|null} search */
export const setHome = (search) => store.set("home", search)

/**
 * @param {any} value
 * @returns {value is SavedView}
 */
const isView = (value) => typeof value?.name === "string" && typeof value?.search === "string" && value.search.startsWith("?")
