/**
 * A place for a number. Logarithmic scales count from one on (log of 1 + value), so that zero has a place too.
 * @typedef {(value: number) => number} Scale
 */

/**
 * @param {[number, number]} domain
 * @param {[number, number]} range
 * @param {boolean} [log]
 * @returns {Scale}
 */
export function scale([low, high], [from, to], log = false) {
  const bend = log ? Math.log1p : (/** @type {number} */ value) => value
  const [start, length] = [bend(low), bend(high) - bend(low)]
  return (value) => (length === 0 ? (from + to) / 2 : from + ((bend(value) - start) / length) * (to - from))
}

/**
 * Are small and large values so far apart that only a logarithmic scale shows both?
 * @param {number[]} values
 */
export function spansDecades(values) {
  const some = values.filter((value) => value > 0)
  return some.length > 0 && Math.max(...some) / Math.min(...some) >= 50
}
