import { tierNames } from "../address/filters.js"
import { counted } from "../lib/number.js"
import { clock, shortDay } from "../lib/time/format.js"

/** @typedef {Timeline["buckets"][number]} TimelineBucket */
/** @typedef {import("./range.js").BucketSize} BucketSize */

export const tiers = /** @type {const} */ (["teammate", "influencer", "ecosystem", "none"])

/**
 * @param {TimelineBucket} bucket
 * @param {BucketSize} size
 * @returns {string} "24 Feb", "24 Feb, 14:00", "week of 23 Feb"
 */
export function bucketName({ start }, size) {
  const date = new Date(start)
  if (size === "hour") return `${shortDay(date)}, ${clock(date)}`
  return size === "day" ? shortDay(date) : `week of ${shortDay(date)}`
}

/**
 * What some buckets hold together.
 * @param {TimelineBucket[]} buckets one at least
 * @param {BucketSize} size
 */
export function bucketsInWords(buckets, size) {
  const [first, last] = [buckets[0], buckets[buckets.length - 1]]
  const name = first === last ? bucketName(first, size) : `${bucketName(first, size)} to ${bucketName(last, size)}`
  const sum = (/** @type {"total"|typeof tiers[number]} */ key) => buckets.reduce((all, bucket) => all + bucket[key], 0)
  const parts = tiers.filter((tier) => sum(tier) > 0).map((tier) => `${sum(tier)} ${tierNames[tier].toLowerCase()}`)
  return `${name}: ${counted(sum("total"), "post")}${parts.length ? ` (${parts.join(", ")})` : ""}`
}
