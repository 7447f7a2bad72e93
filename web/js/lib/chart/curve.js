import { svg } from "../dom.js"

/** @typedef {[number, number]} Point */

/**
 * A straight line from point to point: between two observations nothing is known, so nothing is rounded.
 * @param {Point[]} points
 */
export const curve = (points) =>
  svg("path", { class: "curve", d: points.map(([x, y], index) => `${index ? "L" : "M"}${round(x)} ${round(y)}`).join("") })

/**
 * @param {Point} point
 * @param {"ring"|"dot"|"diamond"} shape
 * @param {number} [size]
 */
export function marker([x, y], shape, size = 3.5) {
  const reach = round(size * 1.4)
  const diamond = `M${round(x)} ${round(y - reach)}l${reach} ${reach}-${reach} ${reach}-${reach}-${reach}Z`
  if (shape === "diamond") return svg("path", { class: "marker", d: diamond })
  return svg("circle", { class: shape === "ring" ? "marker ring" : "marker", cx: round(x), cy: round(y), r: size })
}

export const round = (/** @type {number} */ value) => Math.round(value * 10) / 10
