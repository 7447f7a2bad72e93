import { isNarrow, noFilters, withChange } from "../address/filters.js"
import { span, spanName } from "../address/moment.js"
import { byId, element, fromTemplate } from "../page/dom.js"
import { tierNames } from "../feed/tier.js"

/** @typedef {import("../address/filters.js").Filters} Filters */

/** Every filter in use, in words, with the filters that remain without it. @param {Filters} filters */
export function chipsFor(filters) {
  /** @type {Array<[string, Partial<Filters>]>} */
  const chips = []
  if (filters.q) chips.push([`“${filters.q}”`, { q: "" }])
  if (filters.since) chips.push([span(filters.since) ? `Last ${spanName(filters.since)}` : `From ${filters.since}`, { since: "" }])
  if (filters.until) chips.push([span(filters.until) ? `Until ${spanName(filters.until)} ago` : `Until ${filters.until}`, { until: "" }])
  for (const tier of filters.tier) chips.push([tierNames[/** @type {keyof typeof tierNames} */ (tier)], { tier: filters.tier.filter((other) => other !== tier) }])
  for (const handle of filters.handle) chips.push([`@${handle}`, { handle: filters.handle.filter((other) => other !== handle) }])
  if (filters.significant) chips.push([filters.significant === "true" ? "Significant" : "Not significant", { significant: "" }])
  if (filters.reported) chips.push([filters.reported === "true" ? "Reported" : "Not reported", { reported: "" }])
  return chips.map(([label, change]) => ({ label, rest: withChange(filters, change) }))
}

/** @param {Filters} filters @param {(filters: Filters) => void} apply */
export function showChips(filters, apply) {
  const row = byId("chips")
  const focused = [...row.children].indexOf(document.activeElement)
  if (!isNarrow(filters)) {
    row.replaceChildren(element("span", { class: "chips-none" }, "All posts, newest first"))
  } else {
    row.replaceChildren(...chipsFor(filters).map(({ label, rest }) => chip(label, () => apply(rest))), clearAll(() => apply({ ...noFilters(), tz: filters.tz })))
  }
  if (focused < 0) return
  const next = row.children[Math.min(focused, row.children.length - 1)]
  if (next instanceof HTMLButtonElement) next.focus()
  else byId("filters").querySelector("input")?.focus()
}

/** @param {string} label @param {() => void} remove */
function chip(label, remove) {
  const button = fromTemplate("chip-template")
  button.firstElementChild.textContent = label
  button.ariaLabel = `${label}, remove this filter`
  button.addEventListener("click", remove)
  return button
}

function clearAll(/** @type {() => void} */ clear) {
  const button = element("button", { class: "chip clear", type: "button" }, "Clear all")
  button.addEventListener("click", clear)
  return button
}
