import { shortTime, yearOf } from "../lib/time/format.js"
import { isDay, isLocal } from "./moment.js"

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
