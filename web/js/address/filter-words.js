import { exact } from "../lib/number.js"
import { tierNames } from "./filters.js"
import { spanName } from "./stretch-in-words.js"

const tierName = (/** @type {string} */ tier) => tierNames[/** @type {keyof typeof tierNames} */ (tier)]
const yesNo = (/** @type {string} */ yes, /** @type {string} */ no) => (/** @type {string} */ is) => (is === "true" ? yes : no)
const atLeast = (/** @type {string} */ metric) => (/** @type {string} */ count) => `≥ ${exact(Number(count))} ${metric}`

/**
 * The words of a chip, by the filter. The two ends of a stretch of time have one chip (filters-in-words.js), order and zone have none.
 * @type {Record<Exclude<FilterName, "since"|"until"|"posted_since"|"posted_until"|"sort"|"tz">, (value: string) => string>}
 */
export const filterWords = {
  range: (text) => `Last ${spanName(text)}`,
  posted_range: (text) => `Posted in the last ${spanName(text)}`,
  tier: tierName,
  not_tier: (tier) => (tier === "none" ? "Watched" : `Not ${tierName(tier).toLowerCase()}`),
  handle: (handle) => `@${handle}`,
  not_handle: (handle) => `Not @${handle}`,
  source_query: (query) => `Found by “${query}”`,
  significant: yesNo("Significant", "Not significant"),
  reported: yesNo("Reported", "Not reported"),
  has_link: yesNo("With a link", "Without a link"),
  min_likes: atLeast("likes"),
  min_reposts: atLeast("reposts"),
  min_replies: atLeast("replies"),
  min_views: atLeast("views"),
  q: (text) => `“${text}”`,
  exclude: (text) => `Without “${text}”`,
}
