import { shortTime, yearOf } from "../lib/time/format.js"
import { isLocal, isMoment } from "./moment.js"

const unitNames = { m: "minute", h: "hour", d: "day", w: "week" }

/**
 * @param {string} text a span
 * @returns {string} "24h" → "24 hours", "1h" → "hour"
 */
export function spanName(text) {
  const name = unitNames[/** @type {keyof typeof unitNames} */ (text.slice(-1))]
  const count = Number(text.slice(0, -1))
  return count === 1 ? name : `${count} ${name}s`
}

/** @param {string} text */
export const isDay = (text) => text.length === 10 && isMoment(text)

/**
 * A stretch of time as people write it: "1 Mar – 31 May 2025", "from 1 Mar", "until 22 Feb, 14:59". The year stands there when it is not
 * this one.
 * @param {string} since a moment of the address, or empty
 * @param {string} until
 */
export function stretchInWords(since, until) {
  if (!until) return `from ${momentInWords(since)}`
  if (!since) return `until ${momentInWords(until)}`
  if (!isDay(since) || !isDay(until)) return `${momentInWords(since)} – ${momentInWords(until)}`
  const year = [since, until].every(isThisYear) ? undefined : "numeric"
  return dayForm(year).formatRange(new Date(since), new Date(until)).replaceAll("\u2009", " ")
}

/**
 * @param {string} text a day, a time by the clock of the view, or an instant
 * @returns {string}
 */
function momentInWords(text) {
  if (isDay(text)) return dayForm(isThisYear(text) ? undefined : "numeric").format(new Date(text))
  if (!isLocal(text)) return shortTime(new Date(text))
  return `${momentInWords(text.slice(0, 10))}, ${text.slice(11, 16)}`
}

/** @param {string} text */
const isThisYear = (text) => text.slice(0, 4) === yearOf(new Date())

/** @param {"numeric"|undefined} year */
const dayForm = (year) => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year, timeZone: "UTC" })
