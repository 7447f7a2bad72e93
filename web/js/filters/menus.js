/** Menus in a row: one open at a time, closed by Esc, by a click elsewhere and by moving on. @param {HTMLElement} row */
export function menus(row) {
  const all = /** @type {HTMLDetailsElement[]} */ ([...row.querySelectorAll("details.menu")])
  const floating = () => getComputedStyle(/** @type {Element} */ (all[0].querySelector(".menu-panel"))).position === "absolute"
  const closeBut = (/** @type {EventTarget|null} */ kept) => {
    for (const menu of all) if (menu.open && !(kept instanceof Node && menu.contains(kept))) menu.open = false
  }
  document.addEventListener("pointerdown", (event) => { if (floating()) closeBut(event.target) })
  row.addEventListener("focusin", (event) => { if (floating()) closeBut(event.target) })
  document.addEventListener("focusin", (event) => { if (floating() && !row.contains(/** @type {Node} */ (event.target))) closeBut(null) })
  row.addEventListener("keydown", (event) => {
    const menu = /** @type {HTMLElement} */ (event.target).closest("details")
    if (event.key !== "Escape" || !menu?.open) return
    event.preventDefault()
    event.stopPropagation()
    menu.open = false
    menu.querySelector("summary")?.focus()
  })
}
