import { withChange } from "../address/filters.js"
import { feedQuery, queryWith } from "../address/query.js"
import { getFacets } from "../api/late-endpoints.js"
import { Problem } from "../api/problem.js"
import { counted } from "../lib/number.js"
import { readerZone } from "../lib/time/format.js"

/** @typedef {{posts: number, isLeast: boolean}} Count how many posts a view has; `isLeast`: counting was cut short */

/**
 * @param {Filters} filters
 * @returns {Promise<Count|null>} null when it is not known
 */
export async function countOf(filters) {
  try {
    const query = feedQuery(withChange(filters, { sort: "" }), new Date(), filters.tz || readerZone)
    const { total, partial } = await getFacets(queryWith(query, { top: 1 }))
    return { posts: total, isLeast: partial }
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/**
 * @param {Count} count
 * @param {string} [one] what is counted
 */
export const countWords = ({ posts, isLeast }, one = "post") => `${isLeast ? "at least " : ""}${counted(posts, one)}`
