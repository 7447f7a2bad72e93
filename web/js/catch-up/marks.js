import { withChange } from "../address/filters.js"
import { store } from "../lib/store.js"
import { viewKey } from "../address/query.js"

/**
 * What was seen of a view: all that was discovered up to a moment, and some posts above it.
 * @typedef {{until: string, above: Record<string, string>}} Mark
 */

const maxKeptViews = 20

/** @param {Filters} filters in whichever order */
export const markKey = (filters) => viewKey(withChange(filters, { sort: "" }))

/**
 * @param {string} key
 * @returns {Mark|null} null before the first visit; up to where all posts were seen, those of every view were
 */
export function markOf(key) {
  const marks = kept()
  const until = [marks[key]?.until, marks[""]?.until].filter((text) => /^[\d-]{10}T[\d:]{8}\.\d+Z$/.test(text)).sort().at(-1)
  return until ? { until, above: Object(marks[key]?.above) } : null
}

/**
 * @param {string} key
 * @param {Mark} mark
 */
export function keepMark(key, mark) {
  const others = Object.entries(kept()).filter(([name]) => name !== key).slice(1 - maxKeptViews)
  store.set("seen", JSON.stringify(Object.fromEntries([...others, [key, mark]])))
}

/** @returns {Record<string, any>} by the key of the view, those kept longest ago first */
function kept() {
  try { return Object(JSON.parse(store.get("seen") ?? "")) } catch { return {} }
}
