import { fields, isFilter, kinds, noFilters } from "./filters.js"

/**
 * Reads the page's address. What is not understood comes back as a problem.
 * @param {string} search
 * @returns {{filters: Filters, problems: AddressProblem[]}}
 */
export function parseSearch(search) {
  const filters = /** @type {Record<string, any>} */ (noFilters())
  /** @type {AddressProblem[]} */
  const problems = []
  const seen = new Set()
  for (const [name, value] of new URLSearchParams(search)) {
    const refuse = (/** @type {AddressProblem["is"]} */ is) => problems.push({ parameter: name, value, is })
    if (!isFilter(name)) {
      refuse("unknown")
      continue
    }
    const { kind, isList } = fields[name]
    const { ok, read } = kinds[kind]
    if (value === "") continue
    if (!ok(value)) refuse(kind)
    else if (!isList && seen.has(name)) refuse("twice")
    else if (!isList) filters[name] = read?.(value) ?? value
    else filters[name] = [...new Set([...filters[name], read?.(value) ?? value])]
    seen.add(name)
  }
  for (const clock of ["", "posted_"]) refuseBoth(filters, clock, problems)
  return { filters: /** @type {any} */ (filters), problems }
}

/**
 * "The last 24 hours" and "from a date on" at once is no view anybody can mean.
 * @param {Record<string, any>} filters
 * @param {string} clock
 * @param {AddressProblem[]} problems
 */
function refuseBoth(filters, clock, problems) {
  const name = `${clock}range`
  if (!filters[name] || !(filters[`${clock}since`] || filters[`${clock}until`])) return
  problems.push({ parameter: name, value: filters[name], is: "both" })
  filters[name] = ""
}
