const units = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?$/u

/** @param {string} text @returns {number|null} "24h" → milliseconds; null for what is no span */
export function span(text) {
  const match = /^([1-9]\d{0,3})([mhdw])$/u.exec(text)
  return match ? Number(match[1]) * units[/** @type {keyof typeof units} */ (match[2])] : null
}

/** @param {string} text @returns {boolean} a calendar day that exists */
export function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** @param {string} text @returns {boolean} a day, or a time, whose offset may be left out */
export const isMoment = (text) => isDay(text) || (instant.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text)))

/** @param {string} text @returns {boolean} is it what clocks show, so that it matters where? */
export const isLocal = (text) => isDay(text) || (isMoment(text) && !/(Z|[+-]\d{2}:\d{2})$/u.test(text.slice(10)))

/** A span becomes an instant only here, at the moment of asking. @type {(text: string, now: Date) => string} */
export const startOf = (text, now) => new Date(now.getTime() - (span(text) ?? 0)).toISOString()
