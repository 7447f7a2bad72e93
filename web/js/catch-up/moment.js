import { isLocal } from "../address/moment.js"
import { zoneOffset } from "../time/format.js"

/** @param {string} moment as the API writes it, to the microsecond @returns {string} the next one */
export function justAfter(moment) {
  const [second, fraction = ""] = moment.replace("Z", "").split(".")
  const next = Number(fraction.padEnd(6, "0").slice(0, 6)) + 1
  if (next < 1_000_000) return `${second}.${String(next).padStart(6, "0")}Z`
  return new Date(Date.parse(`${second}Z`) + 1000).toISOString().replace(/\d{3}Z$/u, "000000Z")
}

/** @param {string} text of the shown zone, or an instant @returns {number} when it begins, in milliseconds */
export function beginning(text) {
  if (!isLocal(text)) return Date.parse(text)
  const shown = Date.parse(text.length > 10 ? `${text}Z` : text)
  return shown - zoneOffset(shown - zoneOffset(shown))
}
