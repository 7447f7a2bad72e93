const compactFormat = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 })
const exactFormat = new Intl.NumberFormat("en")

/**
 * @param {number|null|undefined} value
 * @returns {string} 1234 → "1.2K"; unknown → "–"
 */
export const compact = (value) => (known(value) ? compactFormat.format(value) : "–")

/**
 * @param {number|null|undefined} value
 * @returns {string} 1234 → "1,234"
 */
export const exact = (value) => (known(value) ? exactFormat.format(value) : "unknown")

/**
 * @param {number} perHour
 * @returns {string} with one decimal where it says something: 0.4, 12, 1.2K
 */
export const rate = (perHour) =>
  (Math.abs(perHour) < 10 ? compactFormat.format(Math.round(perHour * 10) / 10) : compact(Math.round(perHour)))

/**
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export const counted = (count, one, many = `${one}s`) => `${exact(count)} ${count === 1 ? one : many}`

/**
 * @param {unknown} value
 * @returns {value is number}
 */
const known = (value) => typeof value === "number" && Number.isFinite(value)
