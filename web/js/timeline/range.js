import { span } from "../address/moment.js"

/** @typedef {Timeline["buckets"][number]} TimelineBucket */
/** @typedef {"hour"|"day"|"week"|"month"} BucketSize */

export const sizes = /** @type {const} */ (["hour", "day", "week", "month"])
const dayMs = 86_400_000

/**
 * How finely to count what is asked for, so that there are neither three bars nor a thousand.
 * @param {Filters} filters
 * @param {number} now
 * @returns {BucketSize}
 */
export function fittingSize({ range, since, until }, now) {
  if (!range && !since) return "day"
  return fittingLength(range ? (span(range) ?? 0) : (until ? Date.parse(until) : now) - Date.parse(since))
}

/**
 * @param {number} ms
 * @returns {BucketSize}
 */
export function fittingLength(ms) {
  if (ms <= 4 * dayMs) return "hour"
  if (ms <= 200 * dayMs) return "day"
  return ms <= 731 * dayMs ? "week" : "month"
}

/**
 * The part of the address that asks for some buckets: whole days where they are whole days, else the first moment and the last.
 * @param {TimelineBucket} first
 * @param {TimelineBucket} last
 * @param {BucketSize} size
 * @returns {{since: string, until: string}}
 */
export function rangeOf(first, last, size) {
  if (size === "hour") return { since: wholeSecond(first.start), until: lastMicrosecond(last.end) }
  return { since: first.local_start.slice(0, 10), until: lastDay(last, size) }
}

/**
 * @param {TimelineBucket} bucket
 * @param {BucketSize} size
 */
function lastDay({ local_start: start }, size) {
  const date = new Date(`${start.slice(0, 10)}T00:00:00Z`)
  if (size === "week") date.setUTCDate(date.getUTCDate() + 6)
  if (size === "month") date.setUTCMonth(date.getUTCMonth() + 1, 0)
  return date.toISOString().slice(0, 10)
}

const wholeSecond = (/** @type {string} */ instant) => instant.replace(/\.0+Z$/u, "Z")
export const lastMicrosecond = (/** @type {string} */ end) => new Date(Date.parse(end) - 1).toISOString().replace(/\.(\d{3})Z$/u, ".$1999Z")
