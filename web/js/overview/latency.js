import { getSummary } from "../api/endpoints.js"
import { element } from "../lib/dom.js"
import { counted } from "../lib/number.js"
import { longDuration } from "../lib/time/duration.js"
import { duration } from "../lib/time/format.js"

const shares = /** @type {const} */ ([["p50", "Half within"], ["p90", "90 % within"], ["p99", "99 % within"]])

/**
 * From posting to discovery.
 * @returns {Promise<Summary["capture_latency_seconds"]|null>}
 */
export const askLatency = async () => (await getSummary()).capture_latency_seconds

/** @param {Summary["capture_latency_seconds"]|null} latency */
export function drawLatency(latency) {
  if (!latency) return [element("p", { class: "panel-empty" }, "No post yet whose time of posting is known.")]
  return [
    element("dl", { class: "figures" }, ...shares.map(([share, name]) => {
      const ms = latency[share] * 1000
      return element("div", {},
        element("dt", {}, name),
        element("dd", { title: ms < 1000 ? `${Math.round(ms)} milliseconds` : longDuration(ms) }, ms < 1000 ? "1 second" : duration(ms)))
    })),
    element("p", { class: "panel-small" }, `Of the newest ${counted(latency.posts, "post")} whose time of posting is known.`),
  ]
}
