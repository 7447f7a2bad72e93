import { names, sorts, tierNames } from "./filters.js"

/** @type {Record<AddressProblem["is"], string>} */
const words = {
  span: "is not a span such as 90m, 24h, 7d or 4w",
  moment: "is neither a date such as 2026-02-22, nor a time such as 2026-02-22T09:30:00Z",
  tier: `is none of ${Object.keys(tierNames).join(", ")}`,
  handle: "is not a handle",
  flag: "is neither true nor false",
  count: "is not a whole number",
  text: "is not a text",
  sort: `is none of ${Object.keys(sorts).join(", ")}`,
  zone: "is not a time zone",
  unknown: `is not a filter; there are ${names.join(", ")}`,
  twice: "is given more than once",
  both: "stands beside a beginning or an end; only one of them can hold",
}

/**
 * What a value is not, to be read after it.
 * @param {AddressProblem["is"]} is
 */
export const problemWords = (is) => words[is]
