import { fields, isFilter, namesOf } from "../address/filters.js"
import { within } from "../lib/dom.js"
import { timeChange, turnTimeMenu } from "./time-menu.js"

const factors = { "": 1, k: 1e3, m: 1e6, b: 1e9 }

/**
 * Makes the form say what the address says.
 * @param {HTMLFormElement} form
 * @param {Filters} filters
 */
export function fillForm(form, filters) {
  const field = (/** @type {string} */ name) => /** @type {any} */ (form.elements.namedItem(name))
  turnTimeMenu(form, filters)
  for (const name of namesOf("tier")) for (const box of field(name)) box.checked = filters[name].includes(box.value)
  for (const name of [...namesOf("flag"), ...namesOf("sort")]) choose(field(name), String(filters[name]))
  for (const name of namesOf("count")) setMinimum(field(name), String(filters[name]))
}

/**
 * One by one: the group's own `value` takes no empty one in Chromium.
 * @param {Iterable<HTMLInputElement>} radios
 * @param {string} value
 */
function choose(radios, value) {
  for (const radio of radios) radio.checked = radio.value === value
}

/**
 * A number that was refused stays until it is mended.
 * @param {HTMLInputElement} box
 * @param {string} value
 */
function setMinimum(box, value) {
  if (box.ariaInvalid === "true" && document.activeElement === box) return
  box.value = value
  judge(box, true)
}

/**
 * What one changed control asks for; null when it asks for nothing yet.
 * @param {HTMLInputElement} control
 * @param {HTMLFormElement} form
 * @returns {Partial<Filters>|null}
 */
export function changeIn(control, form) {
  const { name, value } = control
  if (["preset", "since", "until"].includes(name)) return timeChange(control, form)
  const kind = isFilter(name) ? fields[name].kind : null
  if (kind === "tier") return { [name]: new FormData(form).getAll(name).map(String) }
  if (kind === "flag" || kind === "sort") return { [name]: value }
  return kind === "count" ? minimumIn(control) : null
}

/**
 * @param {HTMLInputElement} control
 * @returns {Partial<Filters>|null}
 */
function minimumIn(control) {
  const count = parseCount(control.value)
  judge(control, count !== null)
  return count === null ? null : { [control.name]: count === 0 ? "" : String(count) }
}

/**
 * @param {HTMLInputElement} box
 * @param {boolean} good
 */
function judge(box, good) {
  box.ariaInvalid = String(!good)
  const group = box.closest("fieldset")
  within(group, ".hint").hidden = within(group, "[aria-invalid=true]") === null
}

/**
 * @param {string} text as people write it: "500", "1,200", "10k", "1.5 M"
 * @returns {number|null} a whole number, 0 for nothing, null for what is none
 */
export function parseCount(text) {
  const match = /^(\d+(?:\.\d+)?)([kmb]?)$/u.exec(text.replace(/[\s,]/gu, "").toLowerCase() || "0")
  if (!match) return null
  const count = Math.round(Number(match[1]) * factors[/** @type {keyof typeof factors} */ (match[2])])
  return Number.isSafeInteger(count) && (match[2] !== "" || !match[1].includes(".")) ? count : null
}
