import { everything, sortOf, withChange } from "../address/filters.js"
import { filtersInWords } from "../address/filters-in-words.js"
import { feedHref } from "../address/hrefs.js"
import { feedQuery, queryWith } from "../address/query.js"
import { getFeed } from "../api/endpoints.js"
import { getFacets } from "../api/late-endpoints.js"
import { Problem } from "../api/problem.js"
import { element, within } from "../lib/dom.js"
import { exact } from "../lib/number.js"
import { dayKey, dayWithYear, readerZone } from "../lib/time/format.js"

/** More filters than that are not looked at one by one. */
const maxWays = 8
const weekMs = 6 * 86_400_000
const noTimes = { range: "", since: "", until: "", posted_range: "", posted_since: "", posted_until: "" }

/**
 * What an empty view would show without each of its filters, and where its newest post is. What loses everything comes last.
 * @param {HTMLElement} panel
 * @param {Filters} filters
 */
export async function offerWays(panel, filters) {
  const row = within(panel, ".state-actions")
  const clear = way("Clear all filters", everything(filters))
  row.append(clear)
  row.hidden = false
  const counts = filtersInWords(filters).slice(0, maxWays).map(async ({ label, rest }) => ({ label, rest, posts: await countOf(rest) }))
  const [costs, newest] = await Promise.all([Promise.all(counts), newestWithoutTimes(filters)])
  const useful = costs.filter(({ posts }) => posts !== null && posts.total > 0)
  const ways = useful.map(({ label, rest, posts }) => way(`Without ${label}: ${posts?.partial ? "at least " : ""}${exact(posts?.total)}`,
    rest))
  if (newest) ways.push(newest)
  ways[0]?.classList.add("primary")
  clear.before(...ways)
  if (ways.length > 0) return
  const looked = costs.every(({ posts }) => posts !== null)
  if (!looked || costs.length < 2) return
  within(panel, ".state-text").textContent = "No post fits all filters at once, and none without any one of them."
}

/**
 * @param {string} label
 * @param {Filters} filters
 */
const way = (label, filters) => element("a", { class: "button", href: feedHref(filters) }, label)

/**
 * @param {Filters} filters
 * @returns {Promise<{total: number, partial: boolean}|null>} null when it is not known
 */
const countOf = (filters) => orNull(getFacets(queryWith(questionOf(filters), { top: 1 })))

/** @param {Filters} filters */
const questionOf = (filters) => feedQuery(withChange(filters, { sort: "" }), new Date(), filters.tz || readerZone)

/**
 * Where the posts are, if it is the time that leaves none.
 * @param {Filters} filters
 */
async function newestWithoutTimes(filters) {
  const others = withChange(filters, noTimes)
  if (feedHref(others) === feedHref(filters)) return null
  const clock = filters.posted_range || filters.posted_since || filters.posted_until ? "posted" : "discovered"
  const answer = await orNull(getFeed(queryWith(questionOf(others), { limit: 1, sort: clock })))
  const at = answer?.items[0]?.[sortOf(clock).day ?? "discovered_at"]
  if (!at) return null
  const day = new Date(at)
  const span = { since: dayKey(new Date(day.getTime() - weekMs)), until: dayKey(day) }
  const link = way(`Newest post: ${dayWithYear(day)}. Show the 7 days before`, withChange(others, clock === "posted"
    ? { posted_since: span.since, posted_until: span.until }
    : span))
  return link
}

/**
 * @template T
 * @param {Promise<T>} asked
 * @returns {Promise<T|null>} a way on is a help, not a need
 */
const orNull = (asked) => asked.catch((error) => {
  if (error instanceof Problem) return null
  throw error
})
