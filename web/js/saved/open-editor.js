import { style } from "../lib/dom.js"
import { late, missing } from "../lib/late.js"

const part = late(() => Promise.all([import("./editor.js"), style("/css/parts/sheet.css"), style("/css/parts/saved.css")]))

/** @type {HTMLDialogElement|null} */
let sheet = null

/**
 * The sheet where views are renamed, put in order and removed.
 * @param {() => void} changed called when it is closed
 */
export async function openEditor(changed) {
  try {
    const [{ fillEditor, makeEditor }] = await part()
    if (!sheet) {
      sheet = makeEditor()
      sheet.addEventListener("close", changed)
    }
    fillEditor(sheet)
    sheet.showModal()
  } catch {
    missing("The saved views", () => openEditor(changed))
  }
}
