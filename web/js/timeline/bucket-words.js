import { counted } from "../lib/number.js"
import { clock, dayWithYear, shortDay } from "../lib/time/format.js"

/** @typedef {Timeline["buckets"][number]} TimelineBucket */
/** @typedef {import("./range.js").BucketSize} BucketSize */

/**
 * @param {TimelineBucket} bucket
 * @param {BucketSize} size
 * @returns {string} "24 Feb", "24 Feb, 14:00", "week of 23 Feb", "Feb 2026"
 */
export function bucketName({ start }, size) {
  const date = new Date(start)
  if (size === "hour") return `${shortDay(date)}, ${clock(date)}`
  if (size === "month") return dayWithYear(date).replace(/^\d+ /u, "")
  return size === "day" ? shortDay(date) : `week of ${shortDay(date)}`
}

/**
 * What some buckets hold together.
 * @param {TimelineBucket[]} buckets one at least
 * @param {BucketSize} size
 * @param {import("./parts-of-bars.js").BarPart[]} parts
 */
export function bucketsInWords(buckets, size, parts) {
  const [first, last] = [buckets[0], buckets[buckets.length - 1]]
  const name = first === last ? bucketName(first, size) : `${bucketName(first, size)} to ${bucketName(last, size)}`
  const sum = (/** @type {string} */ key) => buckets.reduce((all, bucket) => all + countIn(bucket, key), 0)
  const filled = parts.map((part) => ({ posts: sum(part.key), name: part.name })).filter(({ posts }) => posts > 0)
  const words = filled.map(({ posts, name }) => `${posts} ${name.toLowerCase()}`).join(", ")
  return `${name}: ${counted(sum("total"), "post")}${words ? ` (${words})` : ""}`
}

/**
 * @param {TimelineBucket} bucket
 * @param {string} key of a part, or `total`
 * @returns {number}
 */
export const countIn = (bucket, key) => /** @type {any} */ (bucket)[key] ?? 0
