import { tierNames } from "../address/filters.js"
import { within } from "../lib/dom.js"
import { exact, rate } from "../lib/number.js"

/**
 * Colour, shape and word say the same.
 * @param {HTMLElement} badge
 * @param {string|null} tier
 */
export function setTier(badge, tier) {
  const known = tier !== null && Object.hasOwn(tierNames, tier)
  badge.hidden = !known
  if (!known) return
  badge.classList.add(`tier-${tier}`)
  badge.querySelector("use")?.setAttribute("href", `#i-${tier}`)
  const name = badge.querySelector("span")
  if (name) name.textContent = tierNames[/** @type {keyof typeof tierNames} */ (tier)]
}

/** A post moves if it gains so many views an hour, and at least this share of all its views. */
const leastViewsPerHour = 100
const leastShareOfViews = 0.01

/**
 * @param {FeedItem} item
 * @returns {boolean} by its last two observations
 */
export function isMoving({ views, views_per_hour: pace }) {
  return typeof pace === "number" && pace >= leastViewsPerHour && pace >= leastShareOfViews * (views ?? 0)
}

/**
 * @param {HTMLElement} badge
 * @param {FeedItem} item
 */
export function setPace(badge, item) {
  const pace = item.views_per_hour ?? null
  badge.hidden = !isMoving(item)
  if (badge.hidden || pace === null) return
  within(badge, ".pace-figure").textContent = `+${rate(pace)}/h`
  badge.title = `Moving: ${exact(Math.round(pace))} views an hour between its last two observations`
}
