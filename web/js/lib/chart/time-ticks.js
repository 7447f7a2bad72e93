const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const steps = [minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 30 * day, 90 * day, 365 * day]

/**
 * Round moments within a span, by the clock of a zone.
 * @param {number} from milliseconds @param {number} to @param {number} most at most so many
 * @param {(moment: number) => number} offset of the zone's clock from UTC, in milliseconds
 * @returns {Array<{at: number, wholeDay: boolean}>} `wholeDay` where the clock says midnight
 */
export function timeTicks(from, to, most, offset) {
  const step = steps.find((size) => (to - from) / size <= most) ?? Math.ceil((to - from) / most / (365 * day)) * 365 * day
  const ticks = []
  for (let wall = Math.ceil((from + offset(from)) / step) * step; ; wall += step) {
    const at = instantOf(wall, offset)
    if (at > to) return ticks
    if (at >= from) ticks.push({ at, wholeDay: wall % day === 0 })
  }
}

/** The moment at which the zone's clock shows `wall`; the clock may be moved in between. @param {number} wall @param {(moment: number) => number} offset */
function instantOf(wall, offset) {
  const guess = wall - offset(wall)
  return wall - offset(guess)
}
