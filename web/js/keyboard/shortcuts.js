import { store } from "../page/store.js"

/** Keys without a modifier. They can be switched off, and never act while somebody types. @param {Record<string, () => void>} actions */
export function shortcuts(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : null
    if (!action || (event.key !== "Escape" && (store.get("keys") === "off" || isTyping(event.target) || document.querySelector(".sheet[open]")))) return
    if (event.key !== "Escape") event.preventDefault()
    action()
  })
}

const notText = ["checkbox", "radio", "button"]

/** @param {EventTarget|null} target */
function isTyping(target) {
  if (target instanceof HTMLInputElement) return !notText.includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
