/**
 * Round numbers that frame the values, about `count` of them; whole ones, since people are counted here.
 * @param {number} low
 * @param {number} high
 * @param {number} [count]
 * @returns {number[]} the first is at most `low`, the last at least `high`
 */
export function linearTicks(low, high, count = 4) {
  const step = roundStep(Math.max(high - low, 1) / count)
  const first = Math.floor(low / step) * step
  const steps = Math.max(1, Math.ceil((high - first) / step))
  return Array.from({ length: steps + 1 }, (_, index) => first + index * step)
}

/**
 * Zero and powers of ten up to the greatest value; every second one where there would be many.
 * @param {number} low
 * @param {number} high
 * @returns {number[]}
 */
export function logTicks(low, high) {
  const first = low < 1 ? 0 : Math.floor(Math.log10(low))
  const last = Math.max(first, Math.floor(Math.log10(Math.max(high, 1))))
  const stride = last - first > 4 ? 2 : 1
  const ticks = low < 1 ? [0] : []
  for (let power = first; power <= last; power += stride) ticks.push(10 ** power)
  return ticks
}

function roundStep(/** @type {number} */ rough) {
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10
  return Math.max(1, step * power)
}
