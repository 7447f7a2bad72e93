/** @typedef {import("./filter-types.js").Filters} Filters */

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
