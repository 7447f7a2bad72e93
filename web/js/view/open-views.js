import { toSearch } from "../address/filters.js"
import { feedQuery, needsZone } from "../address/query.js"
import { Feed } from "../feed/feed.js"
import { keepPlace, keptPlace } from "../feed/place.js"
import { readerZone } from "../lib/time/zone.js"

/** @typedef {import("../address/filter-types.js").Filters} Filters @typedef {import("../feed/place.js").Place} Place */
/** @typedef {{id: string, key: string, feed: Feed, place: Place|null}} View */

/** @type {Map<string, View>} */
const views = new Map()

/** Two addresses with one key show the same posts: the zone counts only where a bare day needs it. @param {Filters} filters */
export const viewKey = (filters) => toSearch(needsZone(filters) ? filters : { ...filters, tz: "" })

/** The view of a history entry: as it was left, or begun anew. @param {string} id @param {Filters} filters @returns {View} */
export function viewFor(id, filters) {
  const key = viewKey(filters)
  const before = views.get(id)
  if (before?.key === key) return before
  const feed = new Feed((now) => feedQuery(filters, now, filters.tz || readerZone))
  const view = { id, key, feed, place: before ? null : keptPlace(id) }
  views.set(id, view)
  return view
}

/** @param {View} view @param {Place} place */
export function leaveAt(view, place) {
  view.place = place
  keepPlace(view.id, place)
}
