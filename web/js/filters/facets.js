import { withChange } from "../address/filters.js"
import { feedQuery, queryWith } from "../address/query.js"
import { Problem } from "../api/problem.js"
import { getFacets } from "../api/stats.js"
import { readerZone } from "../time/zone.js"

/** @typedef {import("../address/types.js").Filters} Filters @typedef {import("../api/types.js").Facets} Facets */

const most = 100

/**
 * How many posts each value of a filter would leave, beside all other filters. A help, not a need.
 * @param {Filters} filters @param {"tier"|"handle"|"source_query"|"significant"|"reported"} name @returns {Promise<Facets|null>} null when it is not known
 */
export async function facetsBeside(filters, name) {
  const others = withChange(filters, { [name]: Array.isArray(filters[name]) ? [] : "", sort: "" })
  try {
    return await getFacets(queryWith(feedQuery(others, new Date(), filters.tz || readerZone), { top: most }))
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
