import { svg, within } from "../lib/dom.js"
import { compact, exact } from "../lib/number.js"

/** The four counters, always in this order, as in the template of a post. */
export const metrics = /** @type {const} */ (["replies", "reposts", "likes", "views"])

/** @param {HTMLElement} list a <dl> @param {import("../api/types.js").FeedItem} item */
export function setCounters(list, item) {
  for (const [index, metric] of metrics.entries()) {
    const counter = /** @type {HTMLElement} */ (list.children[index])
    counter.title = `${exact(item[metric])} ${metric}`
    within(counter, "dd").textContent = compact(item[metric])
  }
}

/** @param {typeof metrics[number]} metric @returns {SVGElement} its picture, one of four that stand below each other */
export const sign = (metric) => svg("svg", { class: "icon", viewBox: `0 ${16 * metrics.indexOf(metric)} 16 16`, "aria-hidden": "true" }, svg("use", { href: `/counters.svg#${metric}` }))
