import { withChange } from "../address/filters.js"
import { within } from "../page/dom.js"
import { menus } from "../page/menus.js"
import { adders } from "./adder.js"
import { changeIn, fillForm } from "./form.js"
import { layout } from "./layout.js"
import { suggestHandles } from "./suggestions.js"
import { fillTimeMenu } from "./time-menu.js"

/**
 * Makes the panels of the menus, which say what the address says.
 * @param {HTMLFormElement} form @param {import("./bar.js").Address} address
 * @returns {() => void} makes them say what the address says by now
 */
export function panels(form, { now, apply }) {
  for (const [name, panel] of Object.entries(layout)) within(form, `[data-menu="${name}"]`).append(panel())
  menus(form)
  suggestHandles()
  adders(form, (name, value) => apply(withChange(now(), { [name]: [...new Set([...now()[name], value])] })))
  form.addEventListener("change", (event) => {
    const control = /** @type {HTMLInputElement} */ (event.target)
    if (control.name === "clock") return fillTimeMenu(form, now())
    const change = changeIn(control, form)
    if (change) apply(withChange(now(), change))
  })
  const show = () => fillForm(form, now())
  show()
  return show
}
