import { announce, byId, element, style } from "./dom.js"

/** @type {Array<() => Promise<unknown>>} */
const parts = []
let isResting = false

/**
 * A part that the first view does without. It is fetched once: when somebody needs it, or when the page rests.
 * @template T
 * @param {() => Promise<T>} load
 * @returns {() => Promise<T>} a failure is not kept: who asks again, fetches again
 */
export function late(load) {
  /** @type {Promise<T>|null} */
  let coming = null
  const part = () => (coming ??= load().catch((error) => { coming = null; throw error }))
  if (isResting) part().catch(() => {})
  parts.push(part)
  return part
}

/** After the first view: what it did without is fetched, so that it is there when the server is not. */
export const fetchParts = () => (window.requestIdleCallback ?? setTimeout)(async () => {
  isResting = true
  for (const part of parts) await part().catch(() => {})
})

/**
 * Says above the posts that a part could not be fetched.
 * @param {string} what
 * @param {() => void} again
 */
export function missing(what, again) {
  const place = byId("news")
  const words = `${what} could not be loaded.`
  if (!place) return announce(words)
  byId("missing")?.remove()
  const button = element("button", { class: "button", type: "button" }, "Try again")
  const row = element("div", { id: "missing" }, element("p", { class: "trouble", role: "alert" }, element("span", {}, words), button))
  button.addEventListener("click", () => { row.remove(); again() })
  place.before(row)
}

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
