import { steps } from "./format.js"

/**
 * @param {number} ms
 * @returns {string} "40 seconds", "2 hours"
 */
export function duration(ms) {
  for (const { unit, ms: size } of steps) if (ms >= size) return plural(Math.floor(ms / size), unit)
  return plural(Math.max(0, Math.round(ms / 1000)), "second")
}

/**
 * @param {number} ms
 * @returns {string} with the next smaller unit: "2 hours 5 minutes", "40 seconds"
 */
export function longDuration(ms) {
  const at = steps.findIndex(({ ms: size }) => ms >= size)
  if (at < 0) return duration(ms)
  const rest = ms % steps[at].ms
  const next = steps[at + 1] ?? { unit: "second", ms: 1000 }
  return rest < next.ms ? duration(ms) : `${duration(ms)} ${plural(Math.floor(rest / next.ms), next.unit)}`
}

const plural = (/** @type {number} */ count, /** @type {string} */ unit) => `${count} ${unit}${count === 1 ? "" : "s"}`
