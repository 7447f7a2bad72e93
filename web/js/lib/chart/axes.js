import { svg } from "../dom.js"
import { round } from "./curve.js"
import { tickNames } from "./time-ticks.js"

/** @typedef {{left: number, right: number, top: number, bottom: number}} Frame the drawing's area within the picture */

/**
 * @param {Frame} frame
 * @param {number[]} ticks
 * @param {import("./scale.js").Scale} y
 * @param {(value: number) => string} label
 */
export const valueAxis = (frame, ticks, y, label) =>
  svg("g", { class: "axis" }, ...ticks.flatMap((tick) => [
    svg("line", { x1: frame.left, x2: frame.right, y1: round(y(tick)), y2: round(y(tick)) }),
    words(frame.left - 6, y(tick) + 4, label(tick), "end"),
  ]))

/**
 * @param {Frame} frame
 * @param {Array<{at: number, wholeDay: boolean}>} ticks
 * @param {import("./scale.js").Scale} x
 */
export function timeAxis(frame, ticks, x) {
  const names = tickNames(ticks)
  return svg("g", { class: "axis" }, ...ticks.flatMap(({ at }, index) => [
    svg("line", { x1: round(x(at)), x2: round(x(at)), y1: frame.bottom, y2: frame.bottom + 4 }),
    words(x(at), frame.bottom + 17, names[index], "middle"),
  ]))
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {string} anchor
 */
function words(x, y, text, anchor) {
  const node = svg("text", { x: round(x), y: round(y), "text-anchor": anchor })
  node.textContent = text
  return node
}
