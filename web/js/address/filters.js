/**
 * What the reader asked for, exactly as the page's address says it: "24h" stays "24h". Empty means not asked.
 * @typedef {object} Filters
 * @property {string} range discovered within this span up to now: "24h"
 * @property {string} since discovered from this day or moment on
 * @property {string} until
 * @property {string} posted_range the same for the true time of posting
 * @property {string} posted_since
 * @property {string} posted_until
 * @property {string[]} tier
 * @property {string[]} handle
 * @property {string[]} source_query
 * @property {string} significant "", "true" or "false"
 * @property {string} reported
 * @property {string} has_link
 * @property {string} min_likes
 * @property {string} min_reposts
 * @property {string} min_replies
 * @property {string} min_views
 * @property {string} q
 * @property {string[]} exclude
 * @property {string} sort empty for the order of discovery
 * @property {string} tz empty for the reader's own zone
 */

export const listNames = /** @type {const} */ (["tier", "handle", "source_query", "exclude"])
export const names = /** @type {const} */ ([
  "range", "since", "until", "posted_range", "posted_since", "posted_until", "tier", "handle", "source_query", "significant", "reported", "has_link",
  "min_likes", "min_reposts", "min_replies", "min_views", "q", "exclude", "sort", "tz",
])

/** @type {(name: string) => boolean} may it be given more than once? */
export const isList = (name) => /** @type {readonly string[]} */ (listNames).includes(name)

/** @returns {Filters} */
export const noFilters = () => /** @type {any} */ (Object.fromEntries(names.map((name) => [name, isList(name) ? [] : ""])))

/** @param {Filters} filters @returns {string} "" or "?…", always in the same order, so equal filters are equal text */
export function toSearch(filters) {
  const params = new URLSearchParams()
  for (const name of names) for (const value of [filters[name]].flat()) if (value !== "") params.append(name, value)
  const text = params.toString()
  return text ? `?${text}` : ""
}

/** @param {Filters} filters @param {Partial<Filters>} change @returns {Filters} */
export const withChange = (filters, change) => ({ ...filters, ...change })

/** @param {Filters} filters @returns {Filters} everything, in the same order and zone */
export const everything = ({ sort, tz }) => withChange(noFilters(), { sort, tz })

/** Does anything narrow the feed? Order and zone do not. @type {(filters: Filters) => boolean} */
export const isNarrow = (filters) => toSearch(withChange(filters, { sort: "", tz: "" })) !== ""
