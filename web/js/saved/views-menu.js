import { base } from "../../config.js"
import { toSearch } from "../address/filters.js"
import { announce, element, within } from "../lib/dom.js"
import { mark } from "../lib/mark.js"
import { oneLine } from "../lib/text/sanitize.js"
import { openEditor } from "./open-editor.js"
import { isShown, savedName } from "./saved-name.js"
import { homeSearch, keepViews, longestName, savedViews, setHome, withView } from "./saved-views.js"

/**
 * The saved views: to go to one, to open one at the start, and to save the one that is shown.
 * @param {HTMLDetailsElement} menu
 * @param {{now: () => Filters}} address
 * @returns {() => void} says what is saved, and what is shown, by now
 */
export function viewsMenu(menu, { now }) {
  const links = element("ul", { role: "list", "aria-label": "Saved views" })
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "text", maxlength: String(longestName) }))
  const save = element("button", { class: "button", type: "button" }, "Save")
  const update = element("button", { class: "button", type: "button" })
  const undo = element("button", { class: "button", type: "button" }, "Undo")
  const words = element("span", { dir: "auto" })
  const replaced = element("p", { class: "views-replaced", hidden: "" }, words, undo)
  const edit = element("button", { class: "button quiet", type: "button" }, "Edit views…")
  const saving = element("label", { class: "field" }, "Save this view as", element("span", { class: "with-button" }, box, save))
  const none = element("p", { class: "covered" }, "Choose filters or another order; then the view can be saved here under a name.")
  menu.append(element("div", { class: "menu-panel views-panel" }, links, none, update, saving, replaced, edit))

  const show = () => {
    const views = savedViews()
    const { name, isChanged } = savedName(now())
    links.replaceChildren(...[{ name: "All posts", search: "" }, ...views].map((view) => row(view, isShown(view.search, now()), show)))
    update.hidden = !isChanged
    update.textContent = `Update “${name}”`
    saving.hidden = toSearch(now()) === "" || (name !== null && !isChanged)
    edit.hidden = views.length === 0
    none.hidden = views.length > 0 || toSearch(now()) !== ""
  }
  /** What a name stood for before comes back by a button that stays until the menu is opened again. */
  const keep = (/** @type {string} */ name) => {
    const before = savedViews()
    const isKnown = before.some((view) => view.name === name)
    keepViews(withView(before, { name, search: toSearch(now()) }))
    words.textContent = `“${name}” was replaced.`
    replaced.hidden = !isKnown
    undo.onclick = () => {
      keepViews(before)
      replaced.hidden = true
      announce(`“${name}” is what it was`)
      show()
      within(menu, "summary").focus()
    }
    announce(`View “${name}” ${isKnown ? "replaced" : "saved"}`)
    show()
    within(links, "[aria-current]")?.focus()
  }
  const saveNow = () => {
    const name = oneLine(box.value, longestName)
    box.focus()
    if (name === "") return
    box.value = ""
    keep(name)
  }
  save.addEventListener("click", saveNow)
  update.addEventListener("click", () => keep(/** @type {string} */ (savedName(now()).name)))
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return
    event.preventDefault()
    saveNow()
  })
  links.addEventListener("click", (event) => { if (/** @type {Element} */ (event.target).closest("a")) close() })
  edit.addEventListener("click", () => { close(); openEditor(show) })
  menu.addEventListener("toggle", () => {
    if (!menu.open) return
    replaced.hidden = true
    show()
  })
  const close = () => { menu.open = false; within(menu, "summary").focus() }
  show()
  return show
}

/**
 * @param {import("./saved-views.js").SavedView} view
 * @param {boolean} isHere
 * @param {() => void} changed
 */
function row({ name, search }, isHere, changed) {
  const isHome = (homeSearch() ?? "") === search
  const link = element("a", { class: "option", href: `${base}/${search}`, dir: "auto", ...(isHere ? { "aria-current": "page" } : {}) },
    element("span", {}, name))
  const label = { "aria-pressed": String(isHome), "aria-label": `Open “${name}” at the start` }
  const home = element("button", { class: "button quiet", type: "button", ...label },
    ...(isHome ? [mark("home")] : []), isHome ? "Opens at start" : "Open at start")
  home.addEventListener("click", () => {
    const list = home.closest("ul")
    const at = [...(list?.children ?? [])].indexOf(/** @type {Element} */ (home.parentElement))
    setHome(isHome || search === "" ? null : search)
    changed()
    within(list?.children[at], "button")?.focus()
    announce(isHome || search === "" ? "All posts open at the start" : `“${name}” opens at the start`)
  })
  return element("li", { class: "view-choice" }, link, home)
}
