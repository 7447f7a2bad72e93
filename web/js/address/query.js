import { fields, names, namesOf, toSearch } from "./filters.js"
import { readerZone } from "../lib/time/format.js"
import { isLocal, startOf } from "./moment.js"

/**
 * The API knows no spans: it is asked for what was found since.
 * @param {FilterName} name
 */
const parameterOf = (name) => (fields[name].kind === "span" ? name.replace("range", "since") : name)

/**
 * @param {Filters} filters
 * @returns {boolean} does any depend on the zone?
 */
export const needsZone = (filters) => namesOf("moment").some((name) => isLocal(String(filters[name])))

/**
 * Days without a zone are others elsewhere: a view that has some carries the zone in which they are meant.
 * @param {Filters} filters
 */
export const zoned = (filters) => (needsZone(filters) && !filters.tz ? { ...filters, tz: readerZone } : filters)

/**
 * Two addresses with one key show the same posts: the zone counts only where a bare day needs it.
 * @param {Filters} filters
 */
export const viewKey = (filters) => toSearch(needsZone(filters) ? filters : { ...filters, tz: "" })

/**
 * The question for the API.
 * @param {Filters} filters
 * @param {Date} now
 * @param {string} zone
 */
export function feedQuery(filters, now, zone) {
  const query = new URLSearchParams()
  for (const name of names) {
    if (name === "tz") continue
    for (const value of [filters[name]].flat()) {
      if (value !== "") query.append(parameterOf(name), fields[name].kind === "span" ? startOf(value, now) : value)
    }
  }
  if (needsZone(filters)) query.append("tz", zone)
  return query
}

/**
 * @param {string} parameter as the API names it
 * @param {Filters} filters
 * @returns {Filters} without what led to it
 */
export function withoutParameter(parameter, filters) {
  const blamed = names.filter((name) => name === parameter || parameterOf(name) === parameter)
  return { ...filters, ...Object.fromEntries(blamed.map((name) => [name, fields[name].isList ? [] : ""])) }
}

/**
 * @param {URLSearchParams} query
 * @param {Record<string, string|number>} more
 * @returns {URLSearchParams} a copy
 */
export function queryWith(query, more) {
  const next = new URLSearchParams(query)
  for (const [name, value] of Object.entries(more)) next.set(name, String(value))
  return next
}
