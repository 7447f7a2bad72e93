import { clock, dayKey, shortTime } from "../time/format.js"
import { zone } from "../time/zone.js"

const day = 86_400_000

/** @param {Date} date @param {Date} now @returns {string} as one says it: "18:10", "yesterday 18:10", "Monday 18:10", "22 Feb, 18:10", "22 Feb 2025, 18:10" */
export function sinceWords(date, now) {
  const key = dayKey(date)
  if (key === dayKey(now)) return clock(date)
  if (key === dayKey(new Date(now.getTime() - day))) return `yesterday ${clock(date)}`
  const isNear = date < now && key > dayKey(new Date(now.getTime() - 7 * day))
  if (isNear) return `${new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: zone() }).format(date)} ${clock(date)}`
  return key.slice(0, 4) === dayKey(now).slice(0, 4) ? shortTime(date) : shortTime(date).replace(",", ` ${key.slice(0, 4)},`)
}
