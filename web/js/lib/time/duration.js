import { duration, plural, steps } from "./format.js"

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
