import { toSearch, withChange } from "../address/filters.js"
import { frame, within } from "../lib/dom.js"
import { menus } from "../lib/menus.js"
import { viewsMenu } from "../saved/views-menu.js"
import { shareMenu } from "../share/share-menu.js"
import { adders } from "./adder.js"
import { showCounts } from "./facet-counts.js"
import { changeIn, fillForm } from "./form.js"
import { menuContents } from "./menu-contents.js"
import { pickers } from "./pickers.js"
import { showPostsButton } from "./show-posts.js"
import { fillTimeMenu } from "./time-menu.js"

/**
 * Makes the panels of the menus, which say what the address says.
 * @param {HTMLFormElement} form
 * @param {Address} address
 * @returns {() => void} makes them say what the address says by now
 */
export function panels(form, { now, apply }) {
  for (const [name, panel] of Object.entries(menuContents)) within(form, `[data-menu="${name}"]`).append(panel())
  menus(form)
  const fillPicker = pickers(form, (name, value) => apply(withChange(now(), { [name]: toggled(now()[name], value) })))
  adders(form, (name, value) => apply(withChange(now(), { [name]: [...new Set([...now()[name], value])] })))
  /** @type {Partial<Filters>|null} what was chosen and is not applied yet: the mark is painted before the posts go */
  let chosen = null
  form.addEventListener("change", async (event) => {
    const control = /** @type {HTMLInputElement} */ (event.target)
    if (control.name === "clock") return fillTimeMenu(form, now())
    const change = changeIn(control, form)
    if (!change) return
    if (chosen) return Object.assign(chosen, change)
    chosen = change
    await frame().then(frame)
    const all = chosen
    chosen = null
    apply(withChange(now(), all))
  })

  const count = (/** @type {HTMLDetailsElement} */ menu) => {
    const filters = now()
    const isCurrent = () => menu.open && toSearch(now()) === toSearch(filters)
    fillPicker(menu, filters, isCurrent)
    showCounts(menu, filters, isCurrent)
  }
  /** Whoever opens the list of accounts types the next letters into its box; a keyboard on a phone would cover the list. */
  const opened = (/** @type {HTMLDetailsElement} */ menu) => {
    if (menu.dataset.menu === "handle" && matchMedia("(hover: hover)").matches) within(menu, "input").focus()
    count(menu)
  }
  form.addEventListener("toggle", (event) => {
    const menu = /** @type {HTMLDetailsElement} */ (event.target)
    if (menu.open) opened(menu)
  }, { capture: true })

  const showCount = showPostsButton(form, now)
  const showViews = viewsMenu(within(form, "[data-menu=views]"), { now })
  const showShare = shareMenu(within(form, "[data-menu=share]"), { now })
  const show = () => {
    fillForm(form, now())
    showViews()
    showShare()
    showCount()
    for (const menu of form.querySelectorAll("details[open]")) count(/** @type {HTMLDetailsElement} */ (menu))
  }
  show()
  for (const menu of form.querySelectorAll("details[open]")) opened(/** @type {HTMLDetailsElement} */ (menu))
  return show
}

/**
 * @param {string[]} values
 * @param {string} value
 */
const toggled = (values, value) => (values.includes(value) ? values.filter((other) => other !== value) : [...values, value])
