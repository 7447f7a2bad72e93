import { announce, style } from "../lib/dom.js"

/** @type {HTMLDialogElement|null} */
let sheet = null

/**
 * The sheet where views are renamed, put in order and removed.
 * @param {() => void} changed called when it is closed
 */
export async function openEditor(changed) {
  try {
    const styles = [style("/css/parts/sheet.css"), style("/css/parts/saved.css")]
    const [{ fillEditor, makeEditor }] = await Promise.all([import("./editor.js"), ...styles])
    if (!sheet) {
      sheet = makeEditor()
      sheet.addEventListener("close", changed)
    }
    fillEditor(sheet)
    sheet.showModal()
  } catch {
    announce("The saved views could not be shown. Try again.")
  }
}
