import { announce, byId, style } from "../lib/dom.js"

/** The help sheet, a modal dialog that is written when it is first asked for. */
export function helpSheet() {
  const sheet = /** @type {HTMLDialogElement} */ (byId("help"))
  /** @type {{show: () => void}|null} */
  let help = null
  const open = async () => {
    if (sheet.open) return
    try {
      const [{ fillHelp }] = await Promise.all([import("./help-sheet.js"), style("/css/parts/sheet.css"), style("/css/parts/panel.css")])
      help ??= fillHelp(sheet)
      if (!sheet.open) help.show()
    } catch {
      announce("The help could not be loaded. Try again.")
    }
  }
  byId("help-open").addEventListener("click", open)
  return { open }
}
