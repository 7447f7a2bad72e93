import { byId } from "../page/dom.js"

/** The help sheet: a modal dialog, so that focus and Esc are the browser's business. */
export function helpSheet() {
  const sheet = /** @type {HTMLDialogElement} */ (byId("help"))
  const open = () => {
    if (sheet.open) return
    sheet.showModal()
    byId("help-title").focus()
  }
  byId("help-open").addEventListener("click", open)
  sheet.querySelector("[data-close]")?.addEventListener("click", () => sheet.close())
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close() })
  return { open }
}
