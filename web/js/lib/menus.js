import { within } from "./dom.js"

/**
 * Menus in a row: one open at a time, closed by Esc, by a click elsewhere and by moving on.
 * @param {HTMLElement} row
 */
export function menus(row) {
  const all = /** @type {HTMLDetailsElement[]} */ ([...row.querySelectorAll("details.menu")])
  const closeBut = (/** @type {EventTarget|null} */ kept) => {
    for (const menu of all) if (menu.open && floats(menu) && !(kept instanceof Node && menu.contains(kept))) menu.open = false
  }
  document.addEventListener("pointerdown", (event) => closeBut(event.target))
  document.addEventListener("focusin", (event) => closeBut(event.target))
  row.addEventListener("keydown", (event) => {
    const menu = /** @type {HTMLElement} */ (event.target).closest("details")
    if (event.key !== "Escape" || !menu?.open) return
    event.preventDefault()
    event.stopPropagation()
    menu.open = false
    menu.querySelector("summary")?.focus()
  })
}

/**
 * On a phone the panels of some menus lie in the page itself, and stay open.
 * @param {HTMLDetailsElement} menu
 */
const floats = (menu) => {
  const panel = within(menu, ".menu-panel")
  return panel !== null && getComputedStyle(panel).position === "absolute"
}
