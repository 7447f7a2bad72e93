import { names } from "./filters.js"
import { isLocal, startOf } from "./moment.js"

/** The address's own names, and what the API is asked instead. */
const spans = /** @type {Record<string, string>} */ ({ range: "since", posted_range: "posted_since" })
const days = /** @type {const} */ (["since", "until", "posted_since", "posted_until"])

/** @param {import("./filter-types.js").Filters} filters @returns {boolean} does any depend on the zone? */
export const needsZone = (filters) => days.some((name) => isLocal(filters[name]))

/**
 * The question for the API, which knows no spans.
 * @param {import("./filter-types.js").Filters} filters @param {Date} now @param {string} zone @returns {URLSearchParams}
 */
export function feedQuery(filters, now, zone) {
  const query = new URLSearchParams()
  for (const name of names) {
    if (name === "tz") continue
    for (const value of [filters[name]].flat()) {
      if (value === "") continue
      if (Object.hasOwn(spans, name)) query.append(spans[name], startOf(value, now))
      else query.append(name, value)
    }
  }
  if (needsZone(filters)) query.append("tz", zone)
  return query
}

/** @param {string} parameter as the API names it @param {import("./filter-types.js").Filters} filters @returns {import("./filter-types.js").Filters} without what led to it */
export function withoutParameter(parameter, filters) {
  const blamed = names.filter((name) => name === parameter || spans[name] === parameter)
  return { ...filters, ...Object.fromEntries(blamed.map((name) => [name, Array.isArray(filters[name]) ? [] : ""])) }
}

/** @param {URLSearchParams} query @param {Record<string, string|number>} more @returns {URLSearchParams} a copy */
export function queryWith(query, more) {
  const next = new URLSearchParams(query)
  for (const [name, value] of Object.entries(more)) next.set(name, String(value))
  return next
}
