import { choice } from "../lib/choices.js"
import { announce, element, style } from "../lib/dom.js"
import { menus } from "../lib/menus.js"
import { store } from "../lib/store.js"

/**
 * How the page looks: a matter of this browser, not of the address.
 * @param {HTMLElement} menu
 */
export function displayPanel(menu) {
  menu.append(element("div", { class: "menu-panel" },
    choice("Colours", "theme", { "": "System", light: "Light", dark: "Dark" }),
    choice("Density", "density", { "": "Comfortable", compact: "Compact" })))
  menus(/** @type {HTMLElement} */ (menu.parentElement))
  const { dataset } = document.documentElement
  for (const radio of menu.querySelectorAll("input")) {
    radio.checked = radio.value === (dataset[radio.name] ?? "")
    radio.addEventListener("change", () => {
      if (radio.value === "compact") style("/css/base/density.css").catch(() => announce("The compact look could not be loaded"))
      if (radio.value) dataset[radio.name] = radio.value
      else delete dataset[radio.name]
      store.set(radio.name, radio.value || null)
    })
  }
  return () => {}
}
