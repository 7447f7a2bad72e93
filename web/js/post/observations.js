import { metrics } from "../card/numbers.js"
import { element } from "../lib/dom.js"
import { exact } from "../lib/number.js"
import { setTime } from "../lib/time/time-node.js"

const rowsShown = 6

/**
 * The chart's numbers, to be read.
 * @param {HTMLDetailsElement} box
 * @param {MetricsSnapshot[]} snapshots oldest first
 */
export function fillObservations(box, snapshots) {
  const table = /** @type {HTMLTableElement} */ (box.querySelector("table"))
  box.hidden = snapshots.length === 0
  box.open = snapshots.length <= rowsShown
  const head = ["Observed", ...metrics].map((name) => element("th", { scope: "col" }, name))
  table.replaceChildren(
    element("caption", { class: "visually-hidden" }, "Every observation of the counters, newest first"),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...snapshots.toReversed().map(row)),
  )
}

function row(/** @type {MetricsSnapshot} */ snapshot) {
  const time = /** @type {HTMLTimeElement} */ (element("time"))
  setTime(time, snapshot.snapshot_at, "short")
  const kind = element("small", {}, kindOf(snapshot).name)
  if (snapshot.source) kind.title = `Source: ${snapshot.source}`
  return element("tr", {},
    element("th", { scope: "row" }, time, kind),
    ...metrics.map((metric) => element("td", {}, exact(snapshot[metric]))))
}

/** @typedef {{name: string, shape: "ring"|"dot"|"diamond"}} Kind */

/** @type {Record<string, Kind>} */
export const kinds = {
  initial_capture: { name: "First seen", shape: "ring" },
  latest_observed: { name: "Seen again", shape: "dot" },
  refresh_24h: { name: "After 24 hours", shape: "diamond" },
}

/**
 * What kind of observation a snapshot is; one of a kind yet unknown keeps its name.
 * @param {MetricsSnapshot} snapshot
 * @returns {Kind}
 */
export const kindOf = ({ snapshot_type: name }) => (Object.hasOwn(kinds, name) ? kinds[name] : { name, shape: "dot" })
