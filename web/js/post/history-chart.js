import { sign } from "../card/numbers.js"
import { timeAxis, valueAxis } from "../lib/chart/axes.js"
import { curve, marker, round } from "../lib/chart/curve.js"
import { scale } from "../lib/chart/scale.js"
import { linearTicks, logTicks } from "../lib/chart/ticks.js"
import { timeTicks } from "../lib/chart/time-ticks.js"
import { svg } from "../lib/dom.js"
import { compact } from "../lib/number.js"
import { zoneOffset } from "../lib/time/zone-offset.js"
import { kindOf } from "./observations.js"

/** @typedef {"replies"|"reposts"|"likes"|"views"} Metric */

export const height = 208
const edges = { left: 44, right: 28, top: 12, bottom: 26 }
/** So many observations have marks of full size, and no more than so many any at all. */
const maxLargeMarkers = 12
const maxMarkers = 60

/**
 * The curves of some counters over all observations.
 * @param {{snapshots: MetricsSnapshot[], shown: Metric[], log: boolean, width: number}} what oldest first, of two moments at least
 */
export function historyChart({ snapshots, shown, log, width }) {
  const frame = { left: edges.left, right: width - edges.right, top: edges.top, bottom: height - edges.bottom }
  const times = snapshots.map((snapshot) => Date.parse(snapshot.snapshot_at))
  const x = scale([times[0], times[times.length - 1]], [frame.left + 6, frame.right - 6])
  const values = shown.flatMap((metric) => snapshots.map((snapshot) => snapshot[metric]))
  const { y, ticks } = valueScale(values, frame, log)
  const series = shown.map((metric) => ({
    metric,
    points: snapshots.map((snapshot, index) => /** @type {[number, number]} */ ([x(times[index]), y(snapshot[metric])])),
  }))
  const picture = svg(
    "svg",
    { class: "chart-picture", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    valueAxis(frame, ticks, y, compact),
    timeAxis(
      frame,
      timeTicks(times[0], times[times.length - 1], Math.max(2, Math.floor(width / 110)), zoneOffset),
      x,
    ),
    ...series.map(({ metric, points }) => oneSeries(metric, points, snapshots)),
    ...endMarks(series, frame),
  )
  return { picture, frame, times, x, series }
}

/**
 * @param {number[]} values
 * @param {import("../lib/chart/axes.js").Frame} frame
 * @param {boolean} log
 */
function valueScale(values, frame, log) {
  const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1]
  const ticks = log ? logTicks(low, high) : linearTicks(low, high)
  const domain = /** @type {[number, number]} */ ([Math.min(low, ticks[0]), Math.max(high, ticks[ticks.length - 1])])
  return { ticks, y: scale(domain, [frame.bottom - 6, frame.top], log) }
}

/**
 * @param {Metric} metric
 * @param {Array<[number, number]>} points
 * @param {MetricsSnapshot[]} snapshots
 */
function oneSeries(metric, points, snapshots) {
  const markerSize = points.length > maxLargeMarkers ? 2.2 : 3.5
  const markers = points.length > maxMarkers ? [] : points.map((point, at) => marker(point, kindOf(snapshots[at]).shape, markerSize))
  return svg("g", { class: `series of-${metric}` }, curve(points), ...markers)
}

/**
 * Each curve ends in the mark of its counter, so that no one has to tell colours apart.
 * @param {Array<{metric: Metric, points: Array<[number, number]>}>} series
 * @param {import("../lib/chart/axes.js").Frame} frame
 */
function endMarks(series, frame) {
  const places = apart(series.map(({ metric, points }) => ({ metric, y: points[points.length - 1][1] })), frame)
  return places.map(({ metric, y }) => svg("svg", { class: `of-${metric}`, x: frame.right + 6, y: round(y - 8), width: 16, height: 16 },
    sign(metric)))
}

/**
 * Marks that would lie on each other are moved apart, upwards from the lowest.
 * @param {Array<{metric: Metric, y: number}>} marks
 * @param {import("../lib/chart/axes.js").Frame} frame
 */
function apart(marks, frame) {
  let floor = frame.bottom
  return marks.toSorted((a, b) => b.y - a.y).map(({ metric, y }) => {
    const placed = { metric, y: Math.min(y, floor) }
    floor = placed.y - 17
    return placed
  })
}
