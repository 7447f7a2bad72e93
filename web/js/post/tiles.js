import { metrics } from "../card/numbers.js"
import { compact, exact } from "../lib/number.js"
import { tileLayout } from "./detail-layout.js"

/** @typedef {import("./history-chart.js").Metric} Metric */

/**
 * One tile a counter: the number now and what it gained. Where there are curves, a tile is the switch of its own.
 * @param {FeedItem} post
 * @param {MetricsSnapshot[]} snapshots oldest first
 * @param {{isOn: (metric: Metric) => boolean, toggle: (metric: Metric) => void}|null} curves
 * @returns {HTMLElement[]}
 */
export function tiles(post, snapshots, curves) {
  return metrics.map((metric) => {
    const tile = /** @type {any} */ (tileLayout(metric, curves !== null))
    const values = snapshots.map((snapshot) => snapshot[metric])
    const now = post[metric] ?? values.at(-1) ?? null
    tile.title = `${exact(now)} ${metric}`
    tile.querySelector(".tile-now").textContent = compact(now)
    tile.querySelector(".tile-gain").textContent = values.length > 1 ? gain(values[0], values[values.length - 1]) : ""
    if (curves) {
      tile.ariaPressed = String(curves.isOn(metric))
      tile.addEventListener("click", () => { curves.toggle(metric); tile.ariaPressed = String(curves.isOn(metric)) })
    }
    return tile
  })
}

/**
 * @param {number} first
 * @param {number} last
 * @returns {string} "+274.3K, +100 %": on a logarithmic scale a doubling looks flat
 */
function gain(first, last) {
  const change = signed(last - first)
  if (!change) return "no change"
  const percent = Math.round((Math.abs(last - first) / first) * 100)
  return first > 0 && percent > 0 ? `${change}, ${change[0]}${exact(percent)}\u00a0%` : change
}

/**
 * @param {number} change
 * @returns {string} with its sign; nothing at all for no change
 */
const signed = (change) => (change === 0 ? "" : `${change > 0 ? "+" : "−"}${compact(Math.abs(change))}`)
