import { queryWith } from "../address/query.js"
import { getTimeline } from "../api/late-endpoints.js"
import { fittingLength, lastMicrosecond } from "./range.js"

/** @typedef {import("./range.js").BucketSize} BucketSize */

const hourMs = 3_600_000
const bucketMs = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs, month: 744 * hourMs }
/** How far back a view is looked for: ten years. */
const maxWeeks = 520
const maxBuckets = 990

/**
 * The timeline of a view without a beginning: it spans the view's own posts, in buckets that fit them.
 * @param {URLSearchParams} query of the view
 * @param {BucketSize|null} size what the reader wants; null lets the posts decide
 * @param {number} now
 * @param {AbortSignal} signal
 * @returns {Promise<Timeline>}
 */
export async function fittedTimeline(query, size, now, signal) {
  const begin = new Date(now - maxWeeks * bucketMs.week).toISOString()
  const whole = trimmed(await getTimeline(queryWith(query, { bucket: "week", since: begin }), signal))
  if (whole.buckets.length === 0) return whole
  const [from, end] = [Date.parse(whole.buckets[0].start), whole.buckets[whole.buckets.length - 1].end]
  const fit = size ?? fittingLength(Date.parse(end) - from)
  if (fit === "week") return whole
  const since = new Date(Math.max(from, Date.parse(end) - maxBuckets * bucketMs[fit])).toISOString()
  return trimmed(await getTimeline(queryWith(query, { bucket: fit, since, until: lastMicrosecond(end) }), signal))
}

/**
 * Without what is empty at its ends.
 * @param {Timeline} timeline
 * @returns {Timeline}
 */
function trimmed(timeline) {
  const { buckets } = timeline
  const isFilled = (/** @type {{total: number}} */ { total }) => total > 0
  const first = buckets.findIndex(isFilled)
  return { ...timeline, buckets: first < 0 ? [] : buckets.slice(first, buckets.findLastIndex(isFilled) + 1) }
}

/**
 * Counts each of some accounts in the buckets of a timeline.
 * @param {Timeline} timeline
 * @param {URLSearchParams} query of the view
 * @param {import("./parts-of-bars.js").BarPart[]} parts one an account
 * @param {AbortSignal} signal
 * @returns {Promise<Timeline>} its buckets have a member for each part
 */
export async function countedByAccount(timeline, query, parts, signal) {
  const { buckets, bucket } = timeline
  if (buckets.length === 0) return timeline
  const span = { bucket, since: buckets[0].start, until: lastMicrosecond(buckets[buckets.length - 1].end) }
  const counts = await Promise.all(parts.map(async ({ key }) => {
    const own = await getTimeline(queryWith(query, { ...span, handle: key.slice(1) }), signal)
    return new Map(own.buckets.map(({ start, total }) => [start, total]))
  }))
  const ofAccounts = (/** @type {string} */ start) => Object.fromEntries(parts.map(({ key }, at) => [key, counts[at].get(start) ?? 0]))
  return { ...timeline, buckets: buckets.map((one) => ({ ...one, ...ofAccounts(one.start) })) }
}
