import { ahead } from "../page/ahead.js"
import { announce } from "../page/announce.js"

/** @typedef {import("../address/filters.js").Filters} Filters */

/**
 * The panels of the menus are made when somebody comes near them. Until then there is nothing in them that could be touched.
 * @param {HTMLFormElement} form @param {import("./bar.js").Address} address
 */
export function lazyPanels(form, address) {
  /** @type {Promise<void>|null} */
  let making = null
  /** @type {((filters: Filters) => void)|null} */
  let show = null
  const make = () => {
    making ??= import("./panels.js").then(
      ({ panels }) => { show = panels(form, address) },
      () => { making = null },
    )
    return making
  }
  ahead(form, make)
  form.addEventListener("toggle", async (event) => {
    const menu = /** @type {HTMLDetailsElement} */ (event.target)
    if (!menu.open || show) return
    await make()
    if (show) return
    menu.open = false
    announce("The menu could not be loaded. Try again.")
  }, { capture: true })

  return { show: (/** @type {Filters} */ filters) => show?.(filters) }
}
