import { announce } from "../lib/dom.js"
import { style } from "../lib/stylesheet.js"

/** @type {HTMLDialogElement|null} */
let sheet = null

/** The sheet where views are renamed, put in order and removed. @param {() => void} changed called when it is closed */
export async function openEditor(changed) {
  try {
    const [{ fillEditor, makeEditor }] = await Promise.all([import("./editor.js"), style("/css/sheet.css"), style("/css/saved.css")])
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
