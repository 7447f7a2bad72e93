import { svg } from "../page/dom.js"

const width = 200
const height = 48
const pad = 5

/**
 * Points in the drawing's own units: time runs to the right in proportion, values grow upwards from zero change.
 * @param {number[]} times @param {number[]} values @returns {Array<[number, number]>}
 */
export function plot(times, values) {
  const [t0, t1] = [Math.min(...times), Math.max(...times)]
  const [v0, v1] = [Math.min(...values), Math.max(...values)]
  const x = (/** @type {number} */ time) => (t1 === t0 ? width / 2 : pad + ((time - t0) / (t1 - t0)) * (width - 2 * pad))
  const y = (/** @type {number} */ value) => (v1 === v0 ? height / 2 : height - pad - ((value - v0) / (v1 - v0)) * (height - 2 * pad))
  return times.map((time, index) => [round(x(time)), round(y(values[index]))])
}

/**
 * One curve. The sentence says what the curve shows; every number is in the table below.
 * @param {number[]} times @param {number[]} values @param {string} sentence
 */
export function sparkline(times, values, sentence) {
  const points = plot(times, values)
  const line = points.map(([x, y], index) => `${index ? "L" : "M"}${x} ${y}`).join("")
  const flat = values.every((value) => value === values[0])
  const area = `${line}L${points.at(-1)?.[0]} ${height}L${points[0][0]} ${height}Z`
  return svg(
    "svg",
    { class: flat ? "sparkline flat" : "sparkline", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": sentence },
    svg("path", { class: "area", d: area }),
    svg("path", { class: "line", d: line }),
    ...points.map(([x, y]) => svg("circle", { cx: x, cy: y, r: 2.2 })),
  )
}

const round = (/** @type {number} */ value) => Math.round(value * 10) / 10
