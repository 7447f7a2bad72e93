const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const momentPattern = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?$/u

/**
 * @param {string} text
 * @returns {number|null} "24h" → milliseconds; null for what is no span
 */
export function span(text) {
  const match = /^([1-9]\d{0,3})([mhdw])$/u.exec(text)
  return match ? Number(match[1]) * unitMs[/** @type {keyof typeof unitMs} */ (match[2])] : null
}

/**
 * @param {string} text
 * @returns {boolean} a day that exists, or a time of it
 */
export function isMoment(text) {
  if (!momentPattern.test(text) || Number.isNaN(Date.parse(text))) return false
  const day = text.slice(0, 10)
  return new Date(day).toISOString().startsWith(day)
}

/**
 * @param {string} text
 * @returns {boolean} does it depend on the zone?
 */
export const isLocal = (text) => text !== "" && !/(Z|[+-]\d{2}:\d{2})$/u.test(text)

/**
 * A span becomes an instant only here, at the moment of asking.
 * @type {(text: string, now: Date) => string}
 */
export const startOf = (text, now) => new Date(now.getTime() - (span(text) ?? 0)).toISOString()
