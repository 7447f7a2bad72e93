import { span } from "../address/moment.js"

/** @typedef {Timeline["buckets"][number]} TimelineBucket */
/** @typedef {"hour"|"day"|"week"} BucketSize */

export const sizes = /** @type {const} */ (["hour", "day", "week"])
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
  return ms <= 200 * dayMs ? "day" : "week"
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
  date.setUTCDate(date.getUTCDate() + (size === "week" ? 6 : 0))
  return date.toISOString().slice(0, 10)
}

const wholeSecond = (/** @type {string} */ instant) => instant.replace(/\.0+Z$/u, "Z")
export const lastMicrosecond = (/** @type {string} */ end) => new Date(Date.parse(end) - 1).toISOString().replace(/\.(\d{3})Z$/u, ".$1999Z")
