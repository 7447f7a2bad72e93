import { base } from "../../config.js"
import { svg, within } from "../lib/dom.js"
import { compact, exact } from "../lib/number.js"
import { shortTime } from "../lib/time/format.js"

/** The four counters, always in this order, as in the template of a post. */
export const metrics = /** @type {const} */ (["replies", "reposts", "likes", "views"])

/**
 * @param {HTMLElement} list a <dl>
 * @param {FeedItem} item
 */
export function setCounters(list, item) {
  for (const [index, metric] of metrics.entries()) {
    const counter = /** @type {HTMLElement} */ (list.children[index])
    counter.title = `${exact(item[metric])} ${metric}`
    within(counter, "dd").textContent = compact(item[metric])
  }
}

/**
 * @param {typeof metrics[number]} metric
 * @returns {SVGElement} its picture, one of four that stand below each other
 */
export const sign = (metric) => svg("svg", { class: "icon", viewBox: `0 ${16 * metrics.indexOf(metric)} 16 16`, "aria-hidden": "true" },
  svg("use", { href: `${base}/counters.svg#${metric}` }))

const pictureWidth = 480
const pictureHeight = 140

/**
 * How the views went, from observation to observation, from zero: what is at rest is flat, however large. With less than two
 * its place stays empty.
 * @param {SVGElement} picture
 * @param {FeedItem} item
 */
export function setSparkline(picture, { curve = [] }) {
  picture.ariaHidden = String(curve.length < 2)
  if (curve.length < 2) return
  const points = curve.map(({ at, views }) => ({ at: Date.parse(at), views }))
  const [first, last] = [points[0], points[points.length - 1]]
  const [across, up] = [pictureWidth / (last.at - first.at), pictureHeight / Math.max(1, ...points.map(({ views }) => views))]
  const line = points.map(({ at, views }) => [(at - first.at) * across, pictureHeight - views * up].map(Math.round)).join("L")
  within(picture, "path").setAttribute("d", `M${line}`)
  within(picture, "title").textContent = [first, last].map(({ at, views }) => `${exact(views)} views ${shortTime(new Date(at))}`).join(", ")
}
