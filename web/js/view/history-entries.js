import { base } from "../../config.js"
import { feedQuery, viewKey } from "../address/query.js"
import { Feed } from "../feed/feed.js"
import { keepPlace, keptPlace } from "../feed/place.js"
import { store } from "../lib/store.js"
import { readerZone } from "../lib/time/format.js"

/**
 * What a history entry remembers besides its address.
 * @typedef {{view: string, opened: boolean, catching?: string}} Entry
 */

/** @returns {Entry} */
export function entry() {
  const state = history.state
  if (typeof state?.view !== "string") history.replaceState({ view: comesBack() || newView(), opened: false }, "")
  return history.state
}

/** For the way back from another page, see lib/way-back.js. */
export function keepWayBack() {
  try {
    sessionStorage.setItem("feed", JSON.stringify({ href: location.pathname + location.search, view: entry().view }))
  } catch { /* then it leads to the beginning */ }
}

function comesBack() {
  try {
    const view = sessionStorage.getItem("back")
    sessionStorage.removeItem("back")
    return view
  } catch { return null }
}

export const newView = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`

/**
 * @param {string} href
 * @param {Entry} state
 * @param {boolean} replace
 */
export function write(href, state, replace) {
  if (replace) history.replaceState(state, "", href)
  else history.pushState(state, "", href)
}

/** A reader who comes to the bare address sees the view chosen for it; a link to all posts within the page leads to all posts. */
export function goHome() {
  const home = store.get("home")
  const isBare = location.pathname === `${base}/` && location.search === "" && history.state === null
  if (home?.startsWith("?") && isBare) history.replaceState(null, "", home)
}

/** @typedef {{id: string, key: string, feed: Feed, place: Place|null}} View */

/** @type {Map<string, View>} */
const views = new Map()

/**
 * The view of a history entry: as it was left, or begun anew.
 * @param {string} id
 * @param {Filters} filters
 */
export function viewFor(id, filters) {
  const key = viewKey(filters)
  const before = views.get(id)
  if (before?.key === key) return before
  const feed = new Feed((now) => feedQuery(filters, now, filters.tz || readerZone))
  const view = { id, key, feed, place: before ? null : keptPlace(id) }
  views.set(id, view)
  return view
}

/**
 * @param {View} view
 * @param {Place} place
 */
export function leaveAt(view, place) {
  view.place = place
  keepPlace(view.id, place)
}
