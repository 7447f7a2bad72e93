import { timeAxis, valueAxis } from "../lib/chart/axes.js"
import { round } from "../lib/chart/curve.js"
import { scale } from "../lib/chart/scale.js"
import { linearTicks } from "../lib/chart/ticks.js"
import { timeTicks } from "../lib/chart/time-ticks.js"
import { svg } from "../lib/dom.js"
import { compact } from "../lib/number.js"
import { zoneOffset } from "../lib/time/zone-offset.js"
import { countIn } from "./bucket-words.js"

/** @typedef {Timeline["buckets"][number]} TimelineBucket */

export const height = 136
const edges = { left: 34, right: 8, top: 8, bottom: 24 }

/**
 * One bar a bucket, made of parts.
 * @param {TimelineBucket[]} buckets one at least
 * @param {import("./parts-of-bars.js").BarPart[]} parts
 * @param {number} width
 */
export function timelinePicture(buckets, parts, width) {
  const frame = { left: edges.left, right: width - edges.right, top: edges.top, bottom: height - edges.bottom }
  const [from, to] = [Date.parse(buckets[0].start), Date.parse(buckets[buckets.length - 1].end)]
  const x = scale([from, to], [frame.left, frame.right])
  const ticks = linearTicks(0, Math.max(...buckets.map((bucket) => bucket.total)), 3)
  const y = scale([0, ticks[ticks.length - 1]], [frame.bottom, frame.top])
  const picture = svg(
    "svg",
    { class: "chart-picture", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    valueAxis(frame, ticks, y, compact),
    timeAxis(
      frame,
      timeTicks(from, to - 1, Math.max(2, Math.floor(width / 96)), zoneOffset),
      x,
    ),
    ...parts.map(({ look }, at) => {
      const d = buckets.map((bucket) => bar(bucket, parts, at, x, y)).join("")
      return svg("path", { class: `bars ${look}`, d })
    }),
  )
  const edge = (/** @type {number} */ at) => (at < buckets.length ? x(Date.parse(buckets[at].start)) : frame.right)
  return { picture, frame, edge }
}

/**
 * A part of one bucket's bar, as a closed path.
 * @param {TimelineBucket} bucket
 * @param {import("./parts-of-bars.js").BarPart[]} parts
 * @param {number} at which of them
 * @param {import("../lib/chart/scale.js").Scale} x
 * @param {import("../lib/chart/scale.js").Scale} y
 */
function bar(bucket, parts, at, x, y) {
  const posts = countIn(bucket, parts[at].key)
  if (posts === 0) return ""
  const below = parts.slice(0, at).reduce((sum, { key }) => sum + countIn(bucket, key), 0)
  const [left, right] = [x(Date.parse(bucket.start)), x(Date.parse(bucket.end))]
  const gap = Math.min(1, (right - left) * 0.15)
  return `M${round(left + gap)} ${round(y(below))}V${round(y(below + posts))}H${round(right - gap)}V${round(y(below))}Z`
}
