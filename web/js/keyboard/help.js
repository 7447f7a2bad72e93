import { announce, byId } from "../lib/dom.js"
import { style } from "../lib/stylesheet.js"

/** The help sheet, written when it is first asked for: a modal dialog, so that focus and Esc are the browser's business. */
export function helpSheet() {
  const sheet = /** @type {HTMLDialogElement} */ (byId("help"))
  /** @type {{show: () => void}|null} */
  let help = null
  const open = async () => {
    if (sheet.open) return
    try {
      const [{ fillHelp }] = await Promise.all([import("./help-sheet.js"), style("/css/sheet.css"), style("/css/panel.css")])
      help ??= fillHelp(sheet)
      if (!sheet.open) help.show()
    } catch {
      announce("The help could not be loaded. Try again.")
    }
  }
  byId("help-open").addEventListener("click", open)
  return { open }
}
