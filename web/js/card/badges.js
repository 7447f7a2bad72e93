import { tierNames } from "../address/filters.js"
import { within } from "../lib/dom.js"
import { exact, rate } from "../lib/number.js"
import { dayWithYear } from "../lib/time/format.js"

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
 * @returns {boolean} whether it moved when it was last observed
 */
export function isMoving({ views, views_per_hour: pace }) {
  return typeof pace === "number" && pace >= leastViewsPerHour && pace >= leastShareOfViews * (views ?? 0)
}

/** A pace of longer ago is history: what a post did then says nothing of now. */
const freshMs = 48 * 3_600_000

/**
 * @param {FeedItem} item
 * @returns {Date|null} when it was last observed, if that is longer ago than a pace holds
 */
export function pacePast({ curve }) {
  const last = new Date(curve?.[curve.length - 1]?.at ?? NaN)
  return Date.now() - last.getTime() > freshMs ? last : null
}

/**
 * @param {HTMLElement} badge
 * @param {FeedItem} item
 */
export function setPace(badge, item) {
  const pace = item.views_per_hour ?? null
  badge.hidden = !isMoving(item)
  if (badge.hidden || pace === null) return
  const past = pacePast(item)
  badge.classList.toggle("past", past !== null)
  within(badge, ".pace-figure").textContent = `+${rate(pace)}/h${past ? ` on ${dayWithYear(past)}` : ""}`
  badge.title = `${past ? "Moved" : "Moving"}: ${exact(Math.round(pace))} views an hour, measured over at least 15 minutes`
  within(badge, ".visually-hidden").textContent = past ? "Moved: " : "Moving: "
}
