import { element } from "../lib/dom.js"
import { menus } from "../lib/menus.js"
import { signOutButton } from "./sign-out.js"

/**
 * @param {HTMLElement} menu
 * @param {Me} me
 */
export function readerPanel(menu, { name, email }) {
  const lines = [name, email].filter((line) => line).map((line) => element("p", { dir: "auto" }, String(line)))
  menu.append(element("div", { class: "menu-panel reader-panel" },
    element("div", { class: "reader-facts" }, element("p", { class: "option-note" }, "Signed in as"), ...lines),
    signOutButton("option")))
  menus(/** @type {HTMLElement} */ (menu.parentElement))
  return () => {}
}
