import { within } from "../lib/dom.js"

/** @type {Record<string, (text: string) => string>} how the text of a box becomes a value; empty when it is none */
const readers = {
  handle: (text) => (/^\S+$/u.test(text) ? text.replace(/^[@＠]+/u, "").toLowerCase() : ""),
  exclude: (text) => text,
  source_query: (text) => text,
}

/**
 * Boxes that add one more value to a filter with several.
 * @param {HTMLElement} form @param {(name: "handle"|"exclude"|"source_query", value: string) => void} add
 */
export function adders(form, add) {
  for (const field of form.querySelectorAll("[data-add]")) {
    const name = /** @type {any} */ (field).dataset.add
    const box = /** @type {HTMLInputElement} */ (within(field, "input"))
    const submit = () => {
      const value = readers[name](box.value.trim())
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
