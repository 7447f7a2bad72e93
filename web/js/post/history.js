import { metrics } from "../card/numbers.js"
import { marker } from "../lib/chart/curve.js"
import { spansDecades } from "../lib/chart/scale.js"
import { element, svg } from "../lib/dom.js"
import { counted, exact } from "../lib/number.js"
import { shortTime } from "../lib/time/format.js"
import { height, historyChart } from "./history-chart.js"
import { kindOf } from "./observations.js"
import { stepper } from "./stepper.js"
import { tiles } from "./tiles.js"

/** @typedef {import("./history-chart.js").Metric} Metric */

/** What the reader chose stays chosen from post to post. */
const hidden = /** @type {Set<Metric>} */ (new Set())
/** @type {boolean|null} null lets the numbers decide */ let chosenLog = null

/**
 * Are there two moments to draw a line between?
 * @param {MetricsSnapshot[]} snapshots
 */
export const hasCurve = (snapshots) => new Set(snapshots.map((snapshot) => snapshot.snapshot_at)).size > 1

/**
 * Fills the section with the tiles and the chart of a post's counters.
 * @param {HTMLElement} section
 * @param {FeedItem} post
 * @param {MetricsSnapshot[]|null} known oldest first; null until they are
 */
export function showHistory(section, post, known) {
  const snapshots = known ?? []
  const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (section.querySelector(selector))
  const isOn = (/** @type {Metric} */ metric) => !hidden.has(metric)
  const toggle = (/** @type {Metric} */ metric) => { if (!hidden.delete(metric)) hidden.add(metric); draw() }
  const curves = hasCurve(snapshots)
  part(".tiles").replaceChildren(...tiles(post, snapshots, curves ? { isOn, toggle } : null))
  part(".history-span").textContent = known ? span(snapshots) : "Loading the observations…"
  part(".chart-box").hidden = known !== null && !curves
  part("[data-log]").hidden = !curves
  part(".chart-kinds").replaceChildren(...(curves ? legend(snapshots) : []))
  part(".chart").style.blockSize = `${height}px`
  if (!curves) return

  const slider = part(".chart")
  const log = part("[data-log]")
  const draw = () => {
    if (slider.clientWidth === 0) return
    const shown = metrics.filter(isOn)
    // Of one counter alone a doubling is twice as high.
    const isLog = chosenLog ?? (shown.length > 1 && spansDecades(shown.flatMap((metric) => snapshots.map((snapshot) => snapshot[metric]))))
    log.ariaPressed = String(isLog)
    const { picture, frame, times, x, series } = historyChart({ snapshots, shown, log: isLog, width: slider.clientWidth })
    const cursor = svg("g", { class: "chart-cursor" })
    picture.append(cursor)
    slider.replaceChildren(picture)
    stepper(slider, snapshots.length, (place) => nearestTo(times.map(x), place), (at) => {
      cursor.replaceChildren(
        svg("line", { x1: x(times[at]), x2: x(times[at]), y1: frame.top, y2: frame.bottom }),
        ...series.map(({ metric, points }) => svg("circle", { class: `of-${metric}`, cx: points[at][0], cy: points[at][1], r: 6 })),
      )
      return (part(".chart-reading").textContent = reading(snapshots[at], shown))
    })
  }
  log.onclick = () => { chosenLog = log.ariaPressed !== "true"; draw() }
  new ResizeObserver(draw).observe(slider)
}

/**
 * @param {number[]} places
 * @param {number} place
 */
const nearestTo = (places, place) => places.reduce(
  (best, candidate, index) => (Math.abs(candidate - place) < Math.abs(places[best] - place) ? index : best),
  0,
)

/**
 * @param {MetricsSnapshot} snapshot
 * @param {Metric[]} shown
 */
function reading(snapshot, shown) {
  const numbers = shown.map((metric) => `${exact(snapshot[metric])}\u00a0${metric}`).join(" · ")
  return `${shortTime(new Date(snapshot.snapshot_at))}, ${kindOf(snapshot).name.toLowerCase()}\n${numbers}`
}

/**
 * The marks in use and what they mean.
 * @param {MetricsSnapshot[]} snapshots
 */
const legend = (snapshots) =>
  [...new Map(snapshots.map((snapshot) => [kindOf(snapshot).name, kindOf(snapshot).shape]))].map(([name, shape]) =>
    element("li", {}, svg("svg", { width: 12, height: 12, "aria-hidden": "true" }, marker([6, 6], shape)), name))

/** @param {MetricsSnapshot[]} ordered */
function span(ordered) {
  const [first, last] = [ordered[0], ordered.at(-1)]
  if (!first || !last) return "No observations were kept."
  const from = shortTime(new Date(first.snapshot_at))
  if (!hasCurve(ordered)) return `Observed at one moment, ${from}. A curve needs a second one.`
  return `${counted(ordered.length, "observation")} from ${from} to ${shortTime(new Date(last.snapshot_at))}`
}
