import { svg } from "../dom.js"
import { round } from "./curve.js"

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
 * @param {Array<{at: number}>} ticks
 * @param {import("./scale.js").Scale} x
 * @param {(tick: any) => string} label
 */
export const timeAxis = (frame, ticks, x, label) =>
  svg("g", { class: "axis" }, ...ticks.flatMap((tick) => [
    svg("line", { x1: round(x(tick.at)), x2: round(x(tick.at)), y1: frame.bottom, y2: frame.bottom + 4 }),
    words(x(tick.at), frame.bottom + 17, label(tick), "middle"),
  ]))

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
