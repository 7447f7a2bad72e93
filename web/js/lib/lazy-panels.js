import { announce, style } from "./dom.js"

/**
 * The panels of menus are made when somebody comes near them.
 * @param {HTMLElement} root around the menus
 * @param {() => Promise<() => () => void>} load gives what makes the panels, which gives what brings them up to date
 * @returns {() => void} brings them up to date, if there are any yet
 */
export function lazyPanels(root, load) {
  /** @type {Promise<void>|null} */
  let making = null
  /** @type {(() => void)|null} */
  let update = null
  const make = () => {
    making ??= Promise.all([load(), style("/css/parts/panel.css")]).then(
      ([build]) => { update = build() },
      () => { making = null },
    )
    return making
  }
  ahead(root, make)
  root.addEventListener("toggle", async (event) => {
    const menu = /** @type {HTMLDetailsElement} */ (event.target)
    if (!menu.open || update) return
    await make()
    if (update) return
    menu.open = false
    announce("That could not be loaded. Try again.")
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
