import { style } from "./dom.js"
import { late, missing } from "./late.js"

/**
 * The panels of menus are made when somebody comes near them.
 * @param {HTMLElement} root around the menus
 * @param {() => Promise<() => () => void>} load gives what makes the panels, which gives what brings them up to date
 * @param {string} [name] of what is missing when it cannot be fetched
 * @returns {() => void} brings them up to date, if there are any yet
 */
export function lazyPanels(root, load, name = "The menu") {
  const fetched = late(() => Promise.all([load(), style("/css/parts/panel.css")]))
  /** @type {(() => void)|null} */
  let update = null
  const make = () => fetched().then(([build]) => { update ??= build() })
  ahead(root, () => make().catch(() => {}))
  root.addEventListener("toggle", (event) => {
    const menu = /** @type {HTMLDetailsElement} */ (event.target)
    if (menu.open && !update) make().catch(() => {
      menu.open = false
      missing(name, () => { menu.open = true })
    })
  }, { capture: true })
  // Who is quick has opened one before.
  for (const menu of [root, ...root.querySelectorAll("details")]) menu.dispatchEvent(new Event("toggle"))
  return () => update?.()
}

/**
 * Does something as soon as somebody points at a part of the page or moves to it.
 * @param {HTMLElement} root
 * @param {() => void} prepare
 */
export function ahead(root, prepare) {
  for (const sign of ["pointerover", "focusin"]) root.addEventListener(sign, prepare, { once: true })
}
