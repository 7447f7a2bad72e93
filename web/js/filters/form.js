import { isDay } from "../address/moment.js"

/** @typedef {import("../address/filters.js").Filters} Filters */

/** Makes the form say what the address says. @param {HTMLFormElement} form @param {Filters} filters */
export function fillForm(form, filters) {
  const field = (/** @type {string} */ name) => /** @type {any} */ (form.elements.namedItem(name))
  if (field("q").value.trim() !== filters.q) field("q").value = filters.q
  const presets = [...field("preset")].map((radio) => radio.value)
  const open = !filters.since && !filters.until
  choose(field("preset"), open ? "" : !filters.until && presets.includes(filters.since) ? filters.since : "other")
  field("since").value = isDay(filters.since) ? filters.since : ""
  field("until").value = isDay(filters.until) ? filters.until : ""
  for (const box of field("tier")) box.checked = filters.tier.includes(box.value)
  choose(field("significant"), filters.significant)
  choose(field("reported"), filters.reported)
  const active = { time: !open, tier: filters.tier.length > 0, handle: filters.handle.length > 0, significant: filters.significant !== "", reported: filters.reported !== "" }
  for (const [name, on] of Object.entries(active)) form.querySelector(`[data-menu="${name}"]`)?.classList.toggle("active", on)
}

/** One by one: the group's own `value` takes no empty one in Chromium. @param {Iterable<HTMLInputElement>} radios @param {string} value */
function choose(radios, value) {
  for (const radio of radios) radio.checked = radio.value === value
}

/**
 * What one changed control asks for; null when it asks for nothing yet.
 * @param {HTMLInputElement} control @param {HTMLFormElement} form @returns {Partial<Filters>|null}
 */
export function changeIn(control, form) {
  const { name, value } = control
  if (name === "preset") return value === "other" ? null : { since: value, until: "" }
  if (name === "since" || name === "until") return value === "" || isDay(value) ? { [name]: value, ...dropSpan(form, name) } : null
  if (name === "tier") return { tier: new FormData(form).getAll("tier").map(String) }
  if (name === "significant" || name === "reported") return { [name]: value }
  return null
}

/** A date given while "last 24 hours" was on replaces it. @param {HTMLFormElement} form @param {string} name @returns {Partial<Filters>} */
const dropSpan = (form, name) => (name === "until" ? { since: String(new FormData(form).get("since") ?? "") } : {})
