import { isZone } from "../time/zone.js"
import { listNames, names, noFilters } from "./filters.js"
import { isMoment } from "./moment.js"

/** @typedef {{parameter: string, value: string, message: string}} AddressProblem */

export const tiers = ["teammate", "influencer", "ecosystem", "none"]

const moment = { ok: isMoment, message: "is neither a span such as 24h or 7d, nor a date such as 2026-02-22, nor a time with its zone" }
const truth = { ok: (/** @type {string} */ value) => value === "true" || value === "false", message: "is neither true nor false" }

/** @type {Record<string, {ok: (value: string) => boolean, message: string}>} */
const rules = {
  since: moment,
  until: moment,
  tier: { ok: (value) => tiers.includes(value), message: `is none of ${tiers.join(", ")}` },
  handle: { ok: (value) => /^@?\S{1,64}$/u.test(value), message: "is not a handle" },
  significant: truth,
  reported: truth,
  q: { ok: () => true, message: "" },
  tz: { ok: isZone, message: "is not a time zone" },
}

/**
 * Reads the page's address. Nothing is ignored in silence: whatever is not understood comes back as a problem.
 * @param {string} search @returns {{filters: import("./filters.js").Filters, problems: AddressProblem[]}}
 */
export function parseSearch(search) {
  const filters = noFilters()
  /** @type {AddressProblem[]} */
  const problems = []
  const seen = new Set()
  for (const [name, value] of new URLSearchParams(search)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : null
    const list = /** @type {readonly string[]} */ (listNames).includes(name)
    if (!rule) problems.push({ parameter: name, value, message: `is not a filter; there are ${names.join(", ")}` })
    else if (value === "") continue
    else if (!rule.ok(value)) problems.push({ parameter: name, value, message: rule.message })
    else if (list) addTo(filters[/** @type {"tier"} */ (name)], name === "handle" ? value.replace(/^@/u, "").toLowerCase() : value)
    else if (seen.has(name)) problems.push({ parameter: name, value, message: "is given more than once" })
    else filters[/** @type {"q"} */ (name)] = value
    seen.add(name)
  }
  return { filters, problems }
}

function addTo(/** @type {string[]} */ list, /** @type {string} */ value) {
  if (!list.includes(value)) list.push(value)
}
