import { fields, kinds } from "../address/filters.js"
import { within } from "../lib/dom.js"

/**
 * The text of a box as a value of its filter; empty when it is none.
 * @param {ListName} name
 * @param {string} text
 */
function valueOf(name, text) {
  const { ok, read } = kinds[fields[name].kind]
  return text !== "" && ok(text) ? (read?.(text) ?? text) : ""
}

/**
 * Boxes that add one more value to a filter with several.
 * @param {HTMLElement} form
 * @param {(name: ListName, value: string) => void} add
 */
export function adders(form, add) {
  for (const field of form.querySelectorAll("[data-add]")) {
    const name = /** @type {ListName} */ (/** @type {HTMLElement} */ (field).dataset.add)
    const box = /** @type {HTMLInputElement} */ (within(field, "input"))
    const submit = () => {
      const value = valueOf(name, box.value.trim())
      box.focus()
      if (value === "") return
      box.value = ""
      add(name, value)
    }
    within(field, "button").addEventListener("click", submit)
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return
      event.preventDefault()
      submit()
    })
  }
}
