import { withChange } from "../address/filters.js"
import { adders } from "./adder.js"
import { changeIn, fillForm } from "./form.js"
import { suggestHandles } from "./suggestions.js"
import { fillTimeMenu } from "./time-menu.js"

/**
 * Makes the panels of the menus, which say what the address says.
 * @param {HTMLFormElement} form @param {import("./bar.js").Address} address
 * @returns {(filters: import("../address/filters.js").Filters) => void} says what another address says
 */
export function panels(form, { now, apply }) {
  for (const template of form.querySelectorAll("template")) template.replaceWith(template.content)
  suggestHandles()
  adders(form, (name, value) => apply(withChange(now(), { [name]: [...new Set([...now()[name], value])] })))
  form.addEventListener("change", (event) => {
    const control = /** @type {HTMLInputElement} */ (event.target)
    if (control.name === "clock") return fillTimeMenu(form, now())
    const change = changeIn(control, form)
    if (change) apply(withChange(now(), change))
  })
  const show = (/** @type {import("../address/filters.js").Filters} */ filters) => fillForm(form, filters)
  show(now())
  return show
}
