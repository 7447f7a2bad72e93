import { clock, shortDay, yearOf } from "../time/format.js"

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minuteMs),
  ...[1, 2, 3, 6, 12].map((count) => count * hourMs),
  ...[1, 2, 7, 14].map((count) => count * dayMs),
]
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120]

/**
 * Round moments within a span, by the clock of a zone.
 * @param {number} from milliseconds
 * @param {number} to
 * @param {number} maxTicks
 * @param {(moment: number) => number} offset of the zone's clock from UTC, in milliseconds
 * @returns {Array<{at: number, wholeDay: boolean}>} `wholeDay` where the clock says midnight
 */
export function timeTicks(from, to, maxTicks, offset) {
  const step = steps.find((size) => (to - from) / size <= maxTicks)
  if (!step) return monthTicks(from, to, maxTicks, offset)
  const ticks = []
  for (let wall = Math.ceil((from + offset(from)) / step) * step; ; wall += step) {
    const at = instantOf(wall, offset)
    if (at > to) return ticks
    if (at >= from) ticks.push({ at, wholeDay: wall % dayMs === 0 })
  }
}

/**
 * The same, at the beginning of months.
 * @param {number} from
 * @param {number} to
 * @param {number} maxTicks
 * @param {(moment: number) => number} offset
 */
function monthTicks(from, to, maxTicks, offset) {
  const [first, last] = [from, to].map((moment) => new Date(moment + offset(moment)))
  const count = monthOf(last) - monthOf(first) + 1
  const step = monthSteps.find((months) => count / months <= maxTicks) ?? Math.ceil(count / maxTicks)
  const ticks = []
  for (let month = Math.ceil(monthOf(first) / step) * step; month <= monthOf(last); month += step) {
    const at = instantOf(Date.UTC(Math.floor(month / 12), month % 12), offset)
    if (at >= from && at <= to) ticks.push({ at, wholeDay: true })
  }
  return ticks
}

/** Months since the year 0. */
const monthOf = (/** @type {Date} */ wall) => wall.getUTCFullYear() * 12 + wall.getUTCMonth()

/**
 * What stands at ticks: the clock, or at midnight the day. A year other than this one stands at the first day of it.
 * @param {Array<{at: number, wholeDay: boolean}>} ticks in order
 * @returns {string[]}
 */
export function tickNames(ticks) {
  let known = yearOf(new Date())
  return ticks.map(({ at, wholeDay }) => {
    const date = new Date(at)
    if (!wholeDay) return clock(date)
    const name = shortDay(date, known)
    known = yearOf(date)
    return name
  })
}

/**
 * The moment at which the zone's clock shows `wall`; the clock may be moved in between.
 * @param {number} wall
 * @param {(moment: number) => number} offset
 */
function instantOf(wall, offset) {
  const guess = wall - offset(wall)
  return wall - offset(guess)
}
