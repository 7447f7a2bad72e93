import { withChange } from "../address/filters.js"

const typingPauseMs = 300

/**
 * The search follows the typing; all of one visit to the box is one step of history.
 * @param {HTMLFormElement} form
 * @param {{now: () => Filters, apply: (filters: Filters, options?: {replace: boolean}) => void, before: () => void}} ways `before`: what
 * Backspace leads to when there is no text
 */
export function searchBox(form, { now, apply, before }) {
  const box = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"))
  let pause = 0
  let typing = false
  const searchNow = () => {
    clearTimeout(pause)
    if (box.value.trim() === now().q) return
    apply(withChange(now(), { q: box.value.trim() }), { replace: typing })
    typing = true
  }
  box.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(searchNow, typingPauseMs) })
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return
    if (event.key === "Backspace" && box.value === "") before()
    if (event.key === "Enter") searchNow()
  })
  box.addEventListener("blur", () => { searchNow(); typing = false })

  return {
    /** @param {Filters} filters */
    show(filters) {
      if (box.value.trim() === filters.q) return
      typing = false
      box.value = filters.q
    },
    focus() {
      box.focus()
      box.select()
    },
  }
}
