import { store } from "../lib/store.js"

/**
 * What a history entry remembers besides its address.
 * @typedef {{view: string, opened: boolean, catching?: string}} Entry
 */

/** @returns {Entry} */
export function entry() {
  const state = history.state
  if (typeof state?.view !== "string") history.replaceState({ view: newView(), opened: false }, "")
  return history.state
}

export const newView = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`

/** @param {string} href @param {Entry} state @param {boolean} replace */
export function write(href, state, replace) {
  if (replace) history.replaceState(state, "", href)
  else history.pushState(state, "", href)
}

/** Whoever comes to the bare address sees the view that was chosen for it; whoever is here already, and goes to all posts, sees all posts. */
export function goHome() {
  const home = store.get("home")
  if (home?.startsWith("?") && location.pathname === "/" && location.search === "" && history.state === null) history.replaceState(null, "", home)
}
