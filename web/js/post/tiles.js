import { metrics } from "../feed/counters.js"
import { compact, exact, signed } from "../number.js"
import { fromTemplate } from "../page/dom.js"
import { sparkline } from "./sparkline.js"

/** @typedef {import("../api/types.js").Snapshot} Snapshot */

/**
 * Four small charts on one time axis: the number now, what it gained, and its curve.
 * @param {import("../api/types.js").FeedItem} post @param {Snapshot[]} snapshots oldest first
 * @returns {HTMLElement[]}
 */
export function tiles(post, snapshots) {
  const times = snapshots.map((snapshot) => Date.parse(snapshot.snapshot_at))
  return metrics.map((metric) => {
    const tile = fromTemplate("tile-template")
    const values = snapshots.map((snapshot) => snapshot[metric])
    const now = post[metric] ?? values.at(-1) ?? null
    const gained = values.length > 1 ? values[values.length - 1] - values[0] : 0
    tile.querySelector("figcaption").textContent = metric
    tile.querySelector("b").textContent = compact(now)
    tile.querySelector("b").title = exact(now)
    tile.querySelector("span").textContent = values.length > 1 ? signed(gained) || "no change" : ""
    if (values.length > 1) tile.append(sparkline(times, values, sentence(metric, values)))
    return tile
  })
}

/** @param {string} metric @param {number[]} values */
const sentence = (metric, values) => `${metric}: from ${exact(values[0])} to ${exact(values.at(-1))} in ${values.length} observations`
