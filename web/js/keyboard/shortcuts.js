import { byId, style } from "../lib/dom.js"
import { late, missing } from "../lib/late.js"
import { store } from "../lib/store.js"

const secondKeyWithinMs = 1500

/**
 * Keys without a modifier, or two of them in sequence. They can be switched off, and rest while somebody types.
 * @param {Record<string, () => void>} actions by key, or by two keys with a space between them
 */
export function shortcuts(actions) {
  let before = { key: "", at: 0 }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const two = event.timeStamp - before.at < secondKeyWithinMs ? `${before.key} ${event.key}` : ""
    const keys = [two, event.key].find((each) => Object.hasOwn(actions, each))
    before = { key: event.key, at: event.timeStamp }
    if (!keys) return
    if (keys !== "Escape") {
      if (store.get("keys") === "off" || isTyping(event.target) || document.querySelector(".sheet[open]")) return
      event.preventDefault()
    }
    actions[keys]()
  })
}

const notText = ["checkbox", "radio", "button"]

/** @param {EventTarget|null} target */
function isTyping(target) {
  if (target instanceof HTMLInputElement) return !notText.includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** The help sheet, a modal dialog that is written when it is first asked for. */
export function helpSheet() {
  const fetched = late(() => Promise.all([import("./help-sheet.js"), style("/css/parts/sheet.css"), style("/css/parts/panel.css")])
    .then(([part]) => part.helpSheet()))
  const open = () => { fetched().then((sheet) => sheet.open(), () => missing("The help", open)) }
  byId("help-open").addEventListener("click", open)
  return { open }
}
