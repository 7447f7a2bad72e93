import { metrics } from "../feed/counters.js"
import { exact } from "../number.js"
import { element } from "../page/dom.js"
import { setTime } from "../time/time-node.js"

/** @typedef {import("../api/types.js").Snapshot} Snapshot */

const kinds = { initial_capture: "First seen", latest_observed: "Seen again", refresh_24h: "After 24 hours" }

/** @param {HTMLTableElement} table @param {Snapshot[]} snapshots oldest first */
export function fillObservations(table, snapshots) {
  const head = ["Observed", ...metrics].map((name) => element("th", { scope: "col" }, name))
  table.replaceChildren(
    element("caption", { class: "visually-hidden" }, "Every observation of the counters, newest first"),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...snapshots.toReversed().map(row)),
  )
}

function row(/** @type {Snapshot} */ snapshot) {
  const time = /** @type {HTMLTimeElement} */ (element("time"))
  setTime(time, snapshot.snapshot_at, "short")
  const kind = element("small", {}, kinds[/** @type {keyof typeof kinds} */ (snapshot.snapshot_type)] ?? snapshot.snapshot_type)
  if (snapshot.source) kind.title = `Source: ${snapshot.source}`
  return element("tr", {}, element("th", { scope: "row" }, time, kind), ...metrics.map((metric) => element("td", {}, exact(snapshot[metric]))))
}
