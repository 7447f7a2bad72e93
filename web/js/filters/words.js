import { withChange } from "../address/filters.js"
import { tierNames } from "../card/tier.js"
import { exact } from "../lib/number.js"

/** @typedef {import("../address/filter-types.js").Filters} Filters */
/** @typedef {(value: string) => string} Words */

const unitNames = { m: "minute", h: "hour", d: "day", w: "week" }

/** @type {Record<string, Words>} what a filter asks for, in the words of its chip */
const words = {
  q: (text) => `“${text}”`,
  exclude: (text) => `Without “${text}”`,
  range: (span) => `Last ${spanName(span)}`,
  since: (from) => `From ${from}`,
  until: (to) => `Until ${to}`,
  posted_range: (span) => `Posted in the last ${spanName(span)}`,
  posted_since: (from) => `Posted from ${from}`,
  posted_until: (to) => `Posted until ${to}`,
  tier: (tier) => tierNames[/** @type {keyof typeof tierNames} */ (tier)],
  handle: (handle) => `@${handle}`,
  source_query: (query) => `Found by “${query}”`,
  significant: (is) => (is === "true" ? "Significant" : "Not significant"),
  reported: (is) => (is === "true" ? "Reported" : "Not reported"),
  has_link: (is) => (is === "true" ? "With a link" : "Without a link"),
  ...Object.fromEntries(["likes", "reposts", "replies", "views"].map((metric) => [`min_${metric}`, (/** @type {string} */ count) => `≥ ${exact(Number(count))} ${metric}`])),
}

/**
 * Every filter in use, in words, with the filters that remain without it.
 * @param {Filters} filters @returns {Array<{label: string, rest: Filters}>}
 */
export function filtersInWords(filters) {
  return Object.keys(words).flatMap((name) => {
    const value = filters[/** @type {keyof Filters} */ (name)]
    const values = [value].flat().filter((text) => text !== "")
    return values.map((one) => ({
      label: words[name](one),
      rest: withChange(filters, { [name]: Array.isArray(value) ? value.filter((other) => other !== one) : "" }),
    }))
  })
}

/** @param {string} text @returns {string} "24h" → "24 hours", "1h" → "hour" */
function spanName(text) {
  const name = unitNames[/** @type {keyof typeof unitNames} */ (text.slice(-1))]
  const count = Number(text.slice(0, -1))
  return count === 1 ? name : `${count} ${name}s`
}
