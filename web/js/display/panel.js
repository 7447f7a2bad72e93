import { announce } from "../page/announce.js"
import { choice } from "../page/choices.js"
import { element } from "../page/dom.js"
import { menus } from "../page/menus.js"
import { store } from "../page/store.js"
import { style } from "../page/style.js"

/** How the page looks: a matter of this browser, not of the address. @param {HTMLElement} menu */
export function displayPanel(menu) {
  menu.append(element("div", { class: "menu-panel" },
    choice("Colours", "theme", { "": "System", light: "Light", dark: "Dark" }),
    choice("Density", "density", { "": "Comfortable", compact: "Compact" })))
  menus(/** @type {HTMLElement} */ (menu.parentElement))
  const { dataset } = document.documentElement
  for (const radio of menu.querySelectorAll("input")) {
    radio.checked = radio.value === (dataset[radio.name] ?? "")
    radio.addEventListener("change", () => {
      if (radio.value === "compact") style("/css/density.css").catch(() => announce("The compact look could not be loaded"))
      if (radio.value) dataset[radio.name] = radio.value
      else delete dataset[radio.name]
      store.set(radio.name, radio.value || null)
    })
  }
  return () => {}
}
