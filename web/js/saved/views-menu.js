import { toSearch } from "../address/filters.js"
import { announce, element, within } from "../lib/dom.js"
import { mark } from "../lib/mark.js"
import { oneLine } from "../lib/text/sanitize.js"
import { openEditor } from "./open-editor.js"
import { homeSearch, keepViews, longestName, savedViews, withView } from "./saved-views.js"

/**
 * The saved views: to go to one, and to save the one that is shown.
 * @param {HTMLDetailsElement} menu
 * @param {{now: () => Filters}} address
 * @returns {() => void} says what is saved, and what is shown, by now
 */
export function viewsMenu(menu, { now }) {
  const links = element("ul", { role: "list", "aria-label": "Saved views" })
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "text", maxlength: String(longestName) }))
  const save = element("button", { class: "button", type: "button" }, "Save")
  const edit = element("button", { class: "button quiet", type: "button" }, "Rename, order, remove…")
  const saving = element("label", { class: "field" }, "Save this view as", element("span", { class: "with-button" }, box, save))
  const none = element("p", { class: "covered" }, "Choose filters or another order; then the view can be saved here under a name.")
  menu.append(element("div", { class: "menu-panel views-panel" }, links, none, saving, edit))

  const show = () => {
    const views = savedViews()
    const here = toSearch(now())
    links.replaceChildren(...[{ name: "All posts", search: "" }, ...views].map(({ name, search }) => link(name, search, here)))
    saving.hidden = here === "" || views.some(({ search }) => search === here)
    edit.hidden = views.length === 0
    none.hidden = views.length > 0 || here !== ""
  }
  const saveNow = () => {
    const name = oneLine(box.value, longestName)
    box.focus()
    if (name === "") return
    box.value = ""
    const replaced = savedViews().some((view) => view.name === name)
    keepViews(withView(savedViews(), { name, search: toSearch(now()) }))
    announce(`View “${name}” ${replaced ? "replaced" : "saved"}`)
    show()
    within(links, "[aria-current]")?.focus()
  }
  save.addEventListener("click", saveNow)
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return
    event.preventDefault()
    saveNow()
  })
  links.addEventListener("click", (event) => { if (/** @type {Element} */ (event.target).closest("a")) close() })
  edit.addEventListener("click", () => { close(); openEditor(show) })
  menu.addEventListener("toggle", () => { if (menu.open) show() })
  const close = () => { menu.open = false; within(menu, "summary").focus() }
  show()
  return show
}

/**
 * @param {string} name
 * @param {string} search
 * @param {string} here
 */
function link(name, search, here) {
  const node = element("a", { class: "option", href: `/${search}`, dir: "auto", ...(search === here ? { "aria-current": "page" } : {}) },
    element("span", {}, name))
  if (homeSearch() === search) node.append(mark("home"), element("span", { class: "visually-hidden" }, " (opens at the start)"))
  return element("li", {}, node)
}
