import { within } from "../lib/dom.js"
import { exact } from "../lib/number.js"
import { shortTime } from "../lib/time/format.js"

const width = 480
const height = 140

/**
 * How the views went, from observation to observation, above a floor of none: what is at rest is flat, however large. With less than two its place
 * stays empty.
 * @param {SVGElement} picture @param {import("../api/types.js").FeedItem} item
 */
export function setSparkline(picture, { curve = [] }) {
  picture.ariaHidden = String(curve.length < 2)
  if (curve.length < 2) return
  const points = curve.map(({ at, views }) => ({ at: Date.parse(at), views }))
  const [first, last] = [points[0], points[points.length - 1]]
  const [across, up] = [width / (last.at - first.at), height / Math.max(1, ...points.map(({ views }) => views))]
  const line = points.map(({ at, views }) => [(at - first.at) * across, height - views * up].map(Math.round)).join("L")
  within(picture, "path").setAttribute("d", `M${line}`)
  within(picture, "title").textContent = [first, last].map(({ at, views }) => `${exact(views)} views ${shortTime(new Date(at))}`).join(", ")
}
