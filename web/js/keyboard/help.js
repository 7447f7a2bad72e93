import { byId, style } from "../lib/dom.js"
import { late, missing } from "../lib/late.js"

/** The help sheet, a modal dialog that is written when it is first asked for. */
export function helpSheet() {
  const fetched = late(() => Promise.all([import("./help-sheet.js"), style("/css/parts/sheet.css"), style("/css/parts/panel.css")])
    .then(([part]) => part.helpSheet()))
  const open = () => { fetched().then((sheet) => sheet.open(), () => missing("The help", open)) }
  byId("help-open").addEventListener("click", open)
  return { open }
}
