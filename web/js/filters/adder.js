import { fields, kinds } from "../address/filters.js"
import { problemWords } from "../address/problem-words.js"
import { within } from "../lib/dom.js"

/**
 * Boxes that add one more value to a filter with several.
 * @param {HTMLElement} form
 * @param {(name: ListName, value: string) => void} add
 */
export function adders(form, add) {
  for (const field of form.querySelectorAll("[data-add]")) {
    const name = /** @type {ListName} */ (/** @type {HTMLElement} */ (field).dataset.add)
    const box = /** @type {HTMLInputElement} */ (within(field, "input"))
    const { kind } = fields[name]
    const { ok, read } = kinds[kind]
    const hint = within(field, ".hint")
    const judge = (/** @type {boolean} */ good, says = "") => {
      box.ariaInvalid = String(!good)
      hint.hidden = good
      hint.textContent = says
    }
    const submit = () => {
      const text = box.value.trim()
      box.focus()
      if (text === "") return
      if (!ok(text)) return judge(false, `“${text}” ${problemWords(kind)}.`)
      box.value = ""
      add(name, read?.(text) ?? text)
    }
    box.addEventListener("input", () => judge(true))
    within(field, "button").addEventListener("click", submit)
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return
      event.preventDefault()
      submit()
    })
  }
}
