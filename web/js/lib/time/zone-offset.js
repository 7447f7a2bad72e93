import { zone } from "./format.js"

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map()

/** @param {string} name of a zone */
function clockOf(name) {
  let made = clocks.get(name)
  if (!made) clocks.set(name, (made = new Intl.DateTimeFormat("en-GB", {
    year: "numeric", month: "numeric", day: "numeric",
    hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23", timeZone: name,
  })))
  return made
}

/**
 * @param {number} moment in milliseconds
 * @returns {number} how far the shown zone's clock is ahead of UTC then, in milliseconds
 */
export function zoneOffset(moment) {
  const parts = clockOf(zone()).formatToParts(moment)
  const { year, month, day, hour, minute, second } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1000) * 1000
}
