import { getFreshness } from "../api/endpoints.js"
import { getRuns } from "../api/late-endpoints.js"
import { tickNames, timeTicks } from "../lib/chart/time-ticks.js"
import { element, svg } from "../lib/dom.js"
import { exact } from "../lib/number.js"
import { duration, shortTime } from "../lib/time/format.js"
import { zoneOffset } from "../lib/time/zone-offset.js"
import { gapsIn } from "./gaps.js"

const modes = { priority: "Priority", discovery: "Discovery", both: "Both", refresh24h: "After 24 hours", manual: "By hand" }
const shownMs = 7 * 86_400_000
const stripWidth = 1000
const stripHeight = 22
/** Of the width, on each side: no room for a word in its middle. */
const edge = 0.06

/** @returns {Promise<{runs: PipelineRun[], freshness: Freshness}>} */
export async function askRuns() {
  const [{ items }, freshness] = await Promise.all([getRuns(new URLSearchParams({ limit: "200" })), getFreshness()])
  return { runs: items, freshness }
}

/**
 * A strip a mode: a line for each run, and a shade where runs are missing.
 * @param {{runs: PipelineRun[], freshness: Freshness}} what
 */
export function drawRuns({ runs, freshness }) {
  if (runs.length === 0) return [element("p", { class: "panel-empty" }, "No run of a collector is on record.")]
  const now = Date.parse(freshness.now)
  const newest = Date.parse(runs[0].run_at)
  const to = Math.min(now, newest + shownMs / 7)
  const from = Math.max(to - shownMs, Date.parse(runs[runs.length - 1].run_at))
  const strips = freshness.modes.map((mode) => strip(
    mode,
    runs.filter((run) => run.mode === mode.mode).map((run) => Date.parse(run.run_at)).reverse(),
    from,
    to,
  ))
  const share = (/** @type {number} */ at) => (at - from) / (to - from)
  const ticks = timeTicks(from, to, 6, zoneOffset).filter(({ at }) => share(at) >= edge && share(at) <= 1 - edge)
  const names = tickNames(ticks)
  const axis = ticks.map(({ at }, index) => {
    const label = element("span", {}, names[index])
    label.style.insetInlineStart = `${share(at) * 100}%`
    return label
  })
  return [
    element("ul", { class: "strips", role: "list" }, ...strips),
    element("div", { class: "strip-axis", "aria-hidden": "true" }, ...axis),
    element("details", { class: "folded" },
      element("summary", {}, "As a table"),
      element("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Runs, as a table" }, table(runs))),
  ]
}

/**
 * @param {Freshness["modes"][number]} mode
 * @param {number[]} times oldest first
 * @param {number} from
 * @param {number} to
 */
function strip({ mode, status, usual_interval_seconds: usual, last_run_at: last, blind_since: blindSince }, times, from, to) {
  const x = (/** @type {number} */ at) => ((Math.min(Math.max(at, from), to) - from) / (to - from || 1)) * stripWidth
  const gaps = gapsIn(times, usual === null ? null : usual * 1000, to).filter((gap) => gap.to > from)
  const viewBox = `0 0 ${stripWidth} ${stripHeight}`
  const picture = svg("svg", { class: "strip-picture", viewBox, preserveAspectRatio: "none", "aria-hidden": "true" },
    ...gaps.map((gap) => svg("rect", { class: "gap", x: x(gap.from), width: x(gap.to) - x(gap.from), y: 0, height: stripHeight })),
    ...times.filter((time) => time >= from).map((time) => svg("line", { x1: x(time), x2: x(time), y1: 3, y2: stripHeight - 3 })))
  const newest = last ? `last ${shortTime(new Date(last))}` : "never ran"
  const stopped = status === "blind" && blindSince ? `no run since ${shortTime(new Date(last ?? blindSince))}` : null
  const state = stopped ?? (status === "stale" ? "late" : newest)
  const usually = usual === null ? "" : `every ${duration(usual * 1000)}, `
  const missed = gaps.length > 0 ? `. ${gaps.length} ${gaps.length === 1 ? "gap" : "gaps"} in the time shown` : ""
  return element("li", { class: "strip", "data-status": status },
    element("span", { class: "strip-name" },
      element("b", {}, modes[mode] ?? mode),
      element("span", {}, `${usually}${state}`),
      element("span", { class: "visually-hidden" }, missed)),
    picture)
}

/** @param {PipelineRun[]} runs */
function table(runs) {
  const head = ["Run", "Mode", "Found", "Significant", "Reported", "Note"].map((name) => element("th", { scope: "col" }, name))
  return element("table", {},
    element("caption", { class: "visually-hidden" }, "Runs of the collectors, the newest first"),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...runs.map((run) => element("tr", {},
      element("th", { scope: "row" }, shortTime(new Date(run.run_at)), element("small", { dir: "auto" }, run.source)),
      element("td", {}, modes[run.mode] ?? run.mode),
      ...[run.fetched_count, run.significant_count, run.reported_count].map((count) => element("td", {}, exact(count))),
      element("td", { dir: "auto" }, run.note ?? "")))))
}
