/**
 * What the reader asked for, exactly as the page's address says it: "24h" stays "24h".
 * @typedef {object} Filters
 * @property {string} since relative ("24h"), a date, or an instant; empty when open
 * @property {string} until
 * @property {string[]} tier
 * @property {string[]} handle
 * @property {string} significant "", "true" or "false"
 * @property {string} reported
 * @property {string} q
 * @property {string} tz empty for the reader's own zone
 */

/** @returns {Filters} */
export const noFilters = () => ({ since: "", until: "", tier: [], handle: [], significant: "", reported: "", q: "", tz: "" })

export const listNames = /** @type {const} */ (["tier", "handle"])
export const names = /** @type {const} */ (["since", "until", "tier", "handle", "significant", "reported", "q", "tz"])

/** @param {Filters} filters @returns {string} "" or "?…", always in the same order, so equal filters are equal text */
export function toSearch(filters) {
  const params = new URLSearchParams()
  for (const name of names) for (const value of [filters[name]].flat()) if (value !== "") params.append(name, value)
  return params.size ? `?${params}` : ""
}

/** @param {Filters} filters @param {Partial<Filters>} change @returns {Filters} */
export const withChange = (filters, change) => ({ ...filters, ...change })

/** Does anything narrow the feed? The zone alone does not. @param {Filters} filters */
export const isNarrow = (filters) => toSearch({ ...filters, tz: "" }) !== ""
