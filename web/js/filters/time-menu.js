import { isDay } from "../address/stretch-in-words.js"

/** @typedef {"range"|"since"|"until"} End */

const clocks = /** @type {const} */ (["", "posted_"])

/**
 * The menu speaks of one of two times, and of that one only.
 * @param {HTMLFormElement} form
 * @returns {""|"posted_"}
 */
const clockOf = (form) => (new FormData(form).get("clock") === "posted_" ? "posted_" : "")

/** @type {(filters: Filters, clock: ""|"posted_") => Record<End, string>} */
const rangeOf = (filters, clock) => ({ range: filters[`${clock}range`], since: filters[`${clock}since`], until: filters[`${clock}until`] })

/**
 * @param {HTMLFormElement} form
 * @param {Filters} filters
 */
export function fillTimeMenu(form, filters) {
  const field = (/** @type {string} */ name) => /** @type {any} */ (form.elements.namedItem(name))
  const { range, since, until } = rangeOf(filters, clockOf(form))
  const chosen = range || (since || until ? "other" : "")
  for (const radio of field("preset")) radio.checked = radio.value === chosen
  field("since").value = isDay(since) ? since : ""
  field("until").value = isDay(until) ? until : ""
}

/**
 * What a changed control of the menu asks for; null when it asks for nothing yet.
 * @param {HTMLInputElement} control
 * @param {HTMLFormElement} form
 * @returns {Partial<Filters>|null}
 */
export function timeChange({ name, value }, form) {
  const clock = clockOf(form)
  const range = (/** @type {Record<End, string>} */ ends) =>
    Object.fromEntries(Object.entries(ends).map(([end, text]) => [`${clock}${end}`, text]))
  if (name === "preset") return value === "other" ? null : range({ range: value, since: "", until: "" })
  const dates = new FormData(form)
  const [since, until] = [String(dates.get("since")), String(dates.get("until"))]
  return [since, until].every((day) => day === "" || isDay(day)) ? range({ range: "", since, until }) : null
}

/**
 * Speaks of the time that has a range, if only one of the two has.
 * @param {HTMLFormElement} form
 * @param {Filters} filters
 */
export function turnTimeMenu(form, filters) {
  const ranged = clocks.filter((clock) => hasRange(filters, clock))
  const clock = ranged.length === 1 ? ranged[0] : clockOf(form)
  for (const radio of /** @type {any} */ (form.elements.namedItem("clock"))) radio.checked = radio.value === clock
  fillTimeMenu(form, filters)
}

/** @type {(filters: Filters, clock: ""|"posted_") => boolean} */
const hasRange = (filters, clock) => Object.values(rangeOf(filters, clock)).some((end) => end !== "")
