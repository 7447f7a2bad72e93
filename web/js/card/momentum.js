import { within } from "../lib/dom.js"
import { exact, rate } from "../lib/number.js"

/** @typedef {import("../api/types.js").FeedItem} FeedItem */

/** A post moves from this many views an hour on, if they are at least this share of all its views: what is large and at rest does not. */
const leastViews = 100
const leastShare = 0.01

/** @param {FeedItem} item @returns {boolean} by its last two observations */
export function isMoving({ views, views_per_hour: pace }) {
  return typeof pace === "number" && pace >= leastViews && pace >= leastShare * (views ?? 0)
}

/** @param {HTMLElement} badge @param {FeedItem} item */
export function setPace(badge, item) {
  const pace = item.views_per_hour ?? null
  badge.hidden = !isMoving(item)
  if (badge.hidden || pace === null) return
  within(badge, ".pace-figure").textContent = `+${rate(pace)}/h`
  badge.title = `Moving: ${exact(Math.round(pace))} views an hour between its last two observations`
}
