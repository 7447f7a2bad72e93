import { isDay, resolve } from "./moment.js"

/**
 * The question for the API. It knows no spans, and a bare day needs to know whose day is meant.
 * @param {import("./filters.js").Filters} filters @param {Date} now @param {string} zone @returns {URLSearchParams}
 */
export function feedQuery(filters, now, zone) {
  const query = new URLSearchParams()
  for (const name of /** @type {const} */ (["since", "until"])) if (filters[name]) query.append(name, resolve(filters[name], now))
  if (isDay(filters.since) || isDay(filters.until)) query.append("tz", zone)
  for (const tier of filters.tier) query.append("tier", tier)
  for (const handle of filters.handle) query.append("handle", handle)
  for (const name of /** @type {const} */ (["significant", "reported", "q"])) if (filters[name]) query.append(name, filters[name])
  return query
}

/** @param {URLSearchParams} query @param {string} cursor @returns {URLSearchParams} */
export function withCursor(query, cursor) {
  const next = new URLSearchParams(query)
  next.append("cursor", cursor)
  return next
}
