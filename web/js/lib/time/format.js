/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map()

/**
 * @param {string} name
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(name, options) {
  const key = `${name} ${zone()}`
  let made = formats.get(key)
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone() })))
  return made
}

/**
 * @param {Date} date
 * @returns {string} "14:05"
 */
export const clock = (date) => format("clock", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date)

/**
 * @param {Date} date
 * @returns {string} "22 Feb 2026, 14:05:09 CET"
 */
export const exactTime = (date) =>
  format("exact", {
    day: "numeric", month: "short", year: "numeric",
    hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZoneName: "short",
  }).format(date)

/** @param {Date} date */
export const yearOf = (date) => format("year", { year: "numeric" }).format(date)

/**
 * A date that says its year when that is not known anyway.
 * @param {string} name
 * @param {Intl.DateTimeFormatOptions} options
 * @returns {(date: Date, known?: string) => string} `known` is the year that goes without saying: this one, if nothing else is said
 */
const dated = (name, options) => (date, known = yearOf(new Date())) =>
  (yearOf(date) === known ? format(name, options) : format(`${name} year`, { ...options, year: "numeric" })).format(date)

/** "22 Feb, 14:05"; in another year "22 Feb 2025, 14:05" */
export const shortTime = dated("short", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })

/** "22 Feb"; in another year "22 Feb 2025" */
export const shortDay = dated("shortday", { day: "numeric", month: "short" })

/**
 * @param {Date} date
 * @returns {string} "2026-02-22", the calendar day in the shown zone
 */
export function dayKey(date) {
  const day = format("day", { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(date)
  const parts = Object.fromEntries(day.map(({ type, value }) => [type, value]))
  return `${parts.year}-${parts.month}-${parts.day}`
}

/**
 * @param {Date} date
 * @param {Date} now
 * @returns {string} "Today, Sunday 22 February", and " · Tokyo time" where days are not the reader's own
 */
export function dayName(date, now) {
  const key = dayKey(date)
  const isNear = { [dayKey(now)]: "Today, ", [dayKey(new Date(now.getTime() - 86_400_000))]: "Yesterday, " }[key]
  const year = isNear || key.slice(0, 4) === dayKey(now).slice(0, 4) ? "" : ` ${key.slice(0, 4)}`
  const name = format("dayname", { weekday: "long", day: "numeric", month: "long" }).format(date)
  return `${isNear ?? ""}${name}${year}${zone() === readerZone ? "" : ` · ${zoneTime()}`}`
}

/**
 * @param {Date} date
 * @returns {string} "4 Feb 2026"
 */
export const dayWithYear = (date) => format("dayyear", { day: "numeric", month: "short", year: "numeric" }).format(date)

export const steps = [
  { unit: "year", short: "y", ms: 31_557_600_000 },
  { unit: "month", short: "mo", ms: 2_629_800_000 },
  { unit: "day", short: "d", ms: 86_400_000 },
  { unit: "hour", short: "h", ms: 3_600_000 },
  { unit: "minute", short: "min", ms: 60_000 },
]

/**
 * @param {number} count
 * @param {string} unit
 */
export const plural = (count, unit) => `${count} ${unit}${count === 1 ? "" : "s"}`

/**
 * @param {number} ms
 * @returns {string} "40 seconds", "2 hours", "13 months"; years from the second one on
 */
export function duration(ms) {
  for (const { unit, ms: size } of steps) if (ms >= (unit === "year" ? 2 : 1) * size) return plural(Math.floor(ms / size), unit)
  return plural(Math.max(0, Math.round(ms / 1000)), "second")
}

/**
 * @param {Date} date
 * @param {Date} now
 * @returns {string} "now", "5 min ago", "3 h ago", "2 d ago", "9 mo ago"; a space in it never breaks
 */
export function ago(date, now) {
  const elapsed = now.getTime() - date.getTime()
  for (const { short, ms } of steps) if (elapsed >= ms) return `${Math.floor(elapsed / ms)}\u00a0${short}\u00a0ago`
  return "now"
}

/** The zone all times on the page are shown in. */
export const readerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC"

let current = readerZone

export const zone = () => current

/** @param {string|null} name null means the reader's own */
export function useZone(name) {
  current = name ?? readerZone
}

/** @param {string} name */
export function isZone(name) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name })
    return !/^[+-]/u.test(name)
  } catch {
    return false
  }
}

/** @returns {string} a short name for people: "Berlin", "UTC" */
export const zoneLabel = (/** @type {string} */ name) => (name.split("/").pop() ?? name).replaceAll("_", " ")

/** @returns {string} the zone in force: "Berlin time" */
export const zoneTime = () => `${zoneLabel(zone())} time`
