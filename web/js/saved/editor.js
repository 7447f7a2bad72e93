import { announce, element, icon, within } from "../lib/dom.js"
import { viewRow } from "./saved-view-row.js"
import { homeSearch, keepViews, moved, savedViews, setHome } from "./saved-views.js"

/** @returns {HTMLDialogElement} in the page, still closed */
export function makeEditor() {
  const close = element("button", { class: "button quiet square", type: "button" },
    icon("close"),
    element("span", { class: "visually-hidden" }, "Close"))
  const sheet = /** @type {HTMLDialogElement} */ (element("dialog", { class: "sheet", "aria-labelledby": "views-title" },
    element("header", { class: "sheet-bar" }, element("h2", { id: "views-title" }, "Saved views"), close),
    element("div", { class: "sheet-body" },
      element("p", { class: "saved-note" }, "They are kept by this browser. Choose one to open first."),
      element("ol", { role: "list", class: "saved-rows" }))))
  close.addEventListener("click", () => sheet.close())
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close() })
  document.body.append(sheet)
  return sheet
}

/** @param {HTMLDialogElement} sheet */
export function fillEditor(sheet) {
  const views = savedViews()
  const rows = views.map((view, at) => viewRow(view, {
    isHome: homeSearch() === view.search,
    isFirst: at === 0,
    isLast: at === views.length - 1,
  }, {
    rename: (name) => rename(at, name),
    move: (by) => move(sheet, at, by),
    home: () => toggleHome(sheet, at),
    remove: () => remove(sheet, at),
  }))
  within(sheet, ".saved-rows").replaceChildren(...(rows.length > 0 ? rows : [element("li", { class: "saved-note" },
    "None is left. The Views menu saves the view that is shown.")]))
}

/**
 * @param {number} at
 * @param {string} name
 * @returns {string} the name that holds
 */
function rename(at, name) {
  const views = savedViews()
  const isTaken = views.some((view, other) => other !== at && view.name === name)
  if (name === "" || isTaken) {
    announce(isTaken ? `There is a view “${name}” already` : "A view needs a name")
    return views[at].name
  }
  keepViews(views.with(at, { ...views[at], name }))
  return name
}

/**
 * @param {HTMLDialogElement} sheet
 * @param {number} at
 * @param {1|-1} by
 */
function move(sheet, at, by) {
  const views = moved(savedViews(), at, by)
  keepViews(views)
  fillEditor(sheet)
  const row = within(sheet, `.saved-rows li:nth-child(${at + by + 1})`)
  within(row, `[data-move="${by}"]:not(:disabled)`)?.focus()
  if (!row.contains(document.activeElement)) within(row, `[data-move="${-by}"]`).focus()
  announce(`“${views[at + by].name}” is number ${at + by + 1} of ${views.length}`)
}

/**
 * @param {HTMLDialogElement} sheet
 * @param {number} at
 */
function toggleHome(sheet, at) {
  const { name, search } = savedViews()[at]
  const wasHome = homeSearch() === search
  setHome(wasHome ? null : search)
  fillEditor(sheet)
  within(sheet, `.saved-rows li:nth-child(${at + 1}) [data-home]`).focus()
  announce(wasHome ? "All posts open at the start" : `“${name}” opens at the start`)
}

/**
 * @param {HTMLDialogElement} sheet
 * @param {number} at
 */
function remove(sheet, at) {
  const before = savedViews()
  const home = homeSearch()
  keepViews(before.toSpliced(at, 1))
  if (home === before[at].search) setHome(null)
  const undo = element("button", { class: "button", type: "button" }, "Undo")
  undo.addEventListener("click", () => {
    keepViews(savedViews().toSpliced(at, 0, before[at]))
    setHome(home)
    fillEditor(sheet)
    within(sheet, `.saved-rows li:nth-child(${at + 1}) input`).focus()
  })
  fillEditor(sheet)
  const gone = element("li", { class: "saved-gone" }, element("span", { dir: "auto" }, `“${before[at].name}” is removed.`), undo)
  const rows = within(sheet, ".saved-rows")
  if (before.length === 1) rows.replaceChildren(gone)
  else rows.insertBefore(gone, rows.children[at] ?? null)
  undo.focus()
}
