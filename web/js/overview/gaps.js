const leastIntervalMs = 600_000
const blindAfterIntervals = 3

/**
 * Where no run came for three usual intervals, as the server reckons it: from when the first missing run was due to the next one.
 * @param {number[]} times of runs, oldest first, in milliseconds
 * @param {number|null} usual the usual interval; without one nothing is missing
 * @param {number} end
 * @returns {Array<{from: number, to: number}>}
 */
export function gapsIn(times, usual, end) {
  if (usual === null) return []
  const interval = Math.max(usual, leastIntervalMs)
  return times.flatMap((time, index) => {
    const next = times[index + 1] ?? end
    return next - time > blindAfterIntervals * interval ? [{ from: time + interval, to: next }] : []
  })
}
