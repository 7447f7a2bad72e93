import { withChange } from "../address/filters.js"
import { isLocal } from "../address/moment.js"
import { feedQuery, queryWith } from "../address/query.js"
import { getFacets } from "../api/late-endpoints.js"
import { Problem } from "../api/problem.js"
import { stretch } from "../feed/feed.js"
import { readerZone } from "../lib/time/format.js"
import { zoneOffset } from "../lib/time/zone-offset.js"

/**
 * @typedef {import("./marks.js").Mark} Mark
 */

const dayMs = 86_400_000

/**
 * What the API is asked for the posts of a view that were discovered after its mark.
 * @param {Filters} filters
 * @param {Mark} mark
 * @param {Date} now
 */
export function questionAfter(filters, mark, now) {
  const query = feedQuery(withChange(filters, { sort: "" }), now, filters.tz || readerZone)
  const since = query.get("since")
  return !since || Date.parse(mark.until) >= beginning(since) ? queryWith(query, { since: justAfter(mark.until) }) : query
}

/**
 * Does the view end before its mark?
 * @param {Filters} filters
 * @param {Mark} mark
 */
const endsBefore = ({ until }, mark) => until !== "" && beginning(until) + 2 * dayMs < Date.parse(mark.until)

/**
 * The newest post after the mark, where the view does not show it on top.
 * @param {Filters} filters
 * @param {Mark} mark
 * @returns {Promise<FeedItem|null>} null for none, and when it cannot be told
 */
export async function newestAfter(filters, mark) {
  if (endsBefore(filters, mark)) return null
  return orNull(async () => (await stretch(queryWith(questionAfter(filters, mark, new Date()), { limit: 1 }), null, 1)).items[0] ?? null)
}

/**
 * How many posts were discovered after the mark and no later than `newest`; of those that were seen above it, the ones that are `at hand`
 * are known to be in this view.
 * @param {Filters} filters
 * @param {Mark} mark
 * @param {string} newest
 * @param {FeedItem[]} atHand
 * @returns {Promise<{count: number, isExact: boolean}|null>}
 */
export async function countAfter(filters, mark, newest, atHand) {
  const query = queryWith(questionAfter(filters, mark, new Date()), { until: newest, top: 1 })
  const above = Object.keys(mark.above).filter((id) => mark.above[id] <= newest && mark.above[id] >= (query.get("since") ?? ""))
  const ids = new Set(atHand.map(({ status_id: id }) => id))
  return orNull(async () => {
    const { total, partial } = await getFacets(query)
    return { count: Math.max(0, total - above.length), isExact: !partial && above.every((id) => ids.has(id)) }
  })
}

/**
 * @template T
 * @param {() => Promise<T>} ask
 * @returns {Promise<T|null>}
 */
async function orNull(ask) {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/**
 * @param {string} moment as the API writes it, to the microsecond
 * @returns {string} the next one
 */
export function justAfter(moment) {
  const [second, fraction = ""] = moment.replace("Z", "").split(".")
  const next = Number(fraction.padEnd(6, "0").slice(0, 6)) + 1
  if (next < 1_000_000) return `${second}.${String(next).padStart(6, "0")}Z`
  return new Date(Date.parse(`${second}Z`) + 1000).toISOString().replace(/\d{3}Z$/u, "000000Z")
}

/**
 * @param {string} text of the shown zone, or an instant
 * @returns {number} when it begins, in milliseconds
 */
export function beginning(text) {
  if (!isLocal(text)) return Date.parse(text)
  const shown = Date.parse(text.length > 10 ? `${text}Z` : text)
  return shown - zoneOffset(shown - zoneOffset(shown))
}
