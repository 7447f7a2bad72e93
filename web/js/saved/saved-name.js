import { toSearch } from "../address/filters.js"
import { parseSearch } from "../address/parse.js"
import { viewKey, zoned } from "../address/query.js"
import { savedViews } from "./saved-views.js"

/** The saved view that the shown one was made from, by name; it outlives a reload, and ends with all posts. */
const origin = {
  get name() { try { return sessionStorage.getItem("origin") } catch { return null } },
  set name(name) {
    try {
      if (name === null) sessionStorage.removeItem("origin")
      else sessionStorage.setItem("origin", name)
    } catch { /* then a reload forgets it */ }
  },
}

/**
 * @param {string} search of a saved view
 * @param {Filters} filters
 */
export const isShown = (search, filters) => viewKey(zoned(parseSearch(search).filters)) === viewKey(filters)

/**
 * @param {Filters} filters that are shown
 * @returns {{name: string|null, isChanged: boolean}} the saved view that is shown, or the one that was changed since
 */
export function savedName(filters) {
  const views = savedViews()
  const same = views.find(({ search }) => isShown(search, filters))
  if (same) origin.name = same.name
  else if (toSearch(filters) === "") origin.name = null
  const name = views.find((view) => view.name === origin.name)?.name ?? null
  return { name, isChanged: name !== null && !same }
}
