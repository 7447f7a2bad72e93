import { isZone } from "../lib/time/zone.js"
import { isList, names, noFilters } from "./filters.js"
import { isMoment, span } from "./moment.js"
import { sorts } from "./sorts.js"

/** @typedef {import("./filter-types.js").AddressProblem} AddressProblem */
/** @typedef {{ok: (value: string) => boolean, message: string, read?: (value: string) => string}} Rule */

export const tiers = ["teammate", "influencer", "ecosystem", "none"]

/** @type {Rule} */
const length = { ok: (value) => span(value) !== null, message: "is not a span such as 90m, 24h, 7d or 4w" }
/** @type {Rule} */
const moment = { ok: isMoment, message: "is neither a date such as 2026-02-22, nor a time such as 2026-02-22T09:30:00Z" }
/** @type {Rule} */
const truth = { ok: (value) => value === "true" || value === "false", message: "is neither true nor false" }
/** @type {Rule} */
const count = { ok: (value) => /^\d{1,15}$/u.test(value), message: "is not a whole number", read: (value) => (Number(value) === 0 ? "" : String(Number(value))) }
/** @type {(values: readonly string[]) => Rule} */
const oneOf = (values) => ({ ok: (value) => values.includes(value), message: `is none of ${values.join(", ")}` })
/** @type {Rule} */
const anything = { ok: () => true, message: "" }

/** @type {Record<string, Rule>} */
const rules = {
  range: length,
  since: moment,
  until: moment,
  posted_range: length,
  posted_since: moment,
  posted_until: moment,
  tier: oneOf(tiers),
  handle: { ok: (value) => /^@?\S{1,64}$/u.test(value), message: "is not a handle", read: (value) => value.replace(/^@/u, "").toLowerCase() },
  source_query: anything,
  significant: truth,
  reported: truth,
  has_link: truth,
  min_likes: count,
  min_reposts: count,
  min_replies: count,
  min_views: count,
  q: anything,
  exclude: anything,
  sort: { ...oneOf(Object.keys(sorts)), read: (value) => (value === "discovered" ? "" : value) },
  tz: { ok: isZone, message: "is not a time zone" },
}

/**
 * Reads the page's address. Nothing is ignored in silence: whatever is not understood comes back as a problem.
 * @param {string} search @returns {{filters: import("./filter-types.js").Filters, problems: AddressProblem[]}}
 */
export function parseSearch(search) {
  const filters = /** @type {Record<string, any>} */ (noFilters())
  /** @type {AddressProblem[]} */
  const problems = []
  const seen = new Set()
  for (const [name, value] of new URLSearchParams(search)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : null
    const refuse = (/** @type {string} */ message) => problems.push({ parameter: name, value, message })
    if (!rule) refuse(`is not a filter; there are ${names.join(", ")}`)
    else if (value === "") continue
    else if (!rule.ok(value)) refuse(rule.message)
    else if (!isList(name) && seen.has(name)) refuse("is given more than once")
    else take(filters, name, rule.read?.(value) ?? value)
    seen.add(name)
  }
  for (const clock of ["", "posted_"]) refuseBoth(filters, clock, problems)
  return { filters: /** @type {any} */ (filters), problems }
}

/** @param {Record<string, any>} filters @param {string} name @param {string} value */
function take(filters, name, value) {
  if (!isList(name)) filters[name] = value
  else if (!filters[name].includes(value)) filters[name].push(value)
}

/** "The last 24 hours" and "from a date on" at once is no view anybody can mean. @param {Record<string, any>} filters @param {string} clock @param {AddressProblem[]} problems */
function refuseBoth(filters, clock, problems) {
  const name = `${clock}range`
  if (!filters[name] || !(filters[`${clock}since`] || filters[`${clock}until`])) return
  problems.push({ parameter: name, value: filters[name], message: `stands beside ${clock}since or ${clock}until; only one of them can hold` })
  filters[name] = ""
}
