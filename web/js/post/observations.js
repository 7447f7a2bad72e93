import { metrics } from "../feed/counters.js"
import { exact } from "../number.js"
import { element } from "../page/dom.js"
import { setTime } from "../time/time-node.js"
import { kindOf } from "./kinds.js"

/** @typedef {import("../api/types.js").Snapshot} Snapshot */

const few = 6

/** The chart's numbers, to be read. @param {HTMLDetailsElement} box @param {Snapshot[]} snapshots oldest first */
export function fillObservations(box, snapshots) {
  const table = /** @type {HTMLTableElement} */ (box.querySelector("table"))
  box.hidden = snapshots.length === 0
  box.open = snapshots.length <= few
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
  const kind = element("small", {}, kindOf(snapshot).name)
  if (snapshot.source) kind.title = `Source: ${snapshot.source}`
  return element("tr", {}, element("th", { scope: "row" }, time, kind), ...metrics.map((metric) => element("td", {}, exact(snapshot[metric]))))
}
