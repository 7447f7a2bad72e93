import { fromTemplate } from "../page/dom.js"
import { compact, exact } from "../number.js"

/** The four counters, always in this order. */
export const metrics = /** @type {const} */ (["replies", "reposts", "likes", "views"])

/** @param {HTMLElement} list a <dl> @param {import("../api/types.js").FeedItem} item */
export function setCounters(list, item) {
  list.replaceChildren(...metrics.map((metric) => {
    const counter = fromTemplate("counter-template")
    counter.querySelector("use").setAttribute("href", `#i-${metric}`)
    counter.querySelector(".visually-hidden").textContent = metric
    counter.querySelector("dd").textContent = compact(item[metric])
    counter.title = `${exact(item[metric])} ${metric}`
    return counter
  }))
}
