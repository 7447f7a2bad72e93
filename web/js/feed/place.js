import { byId, within } from "../lib/dom.js"

/**
 * @param {HTMLElement[]} rows
 * @param {number} edge where the sticky bar ends
 */
export function placeNow(rows, edge) {
  const anchor = scrollY < 1 ? undefined : rows.find((row) => row.getBoundingClientRect().bottom > edge)
  const focused = /** @type {HTMLElement|null} */ (document.activeElement?.closest("li[data-id]") ?? null)
  return {
    depth: rows.length,
    y: scrollY,
    anchor: anchor?.dataset.id ?? null,
    top: anchor?.getBoundingClientRect().top ?? 0,
    focus: focused?.dataset.id ?? null,
  }
}

/**
 * By the post, so that posts arrived since do not move it; by the number when it is gone.
 * @param {Place} place
 * @param {HTMLElement|null} anchor
 */
export function returnTo(place, anchor) {
  scrollBy({ top: anchor ? anchor.getBoundingClientRect().top - place.top : place.y - scrollY })
}

/** Up, but no further than where the bar with the filters sticks. */
export function toTop() {
  const top = byId("feed").offsetTop - byId("filters").offsetHeight
  if (scrollY > top) scrollTo({ top })
}

/**
 * @param {import("./post-list.js").PostList} list
 * @param {string|null|undefined} id
 */
export const focusCard = (list, id) => within(list.card(id), ".open")?.focus({ preventScroll: true })

const key = (/** @type {string} */ view) => `place ${view}`

/**
 * @param {string} view
 * @param {Place} place
 */
export function keepPlace(view, place) {
  try { sessionStorage.setItem(key(view), JSON.stringify(place)) } catch { /* then a reload starts at the top */ }
}

/**
 * @param {string} view
 * @returns {Place|null}
 */
export function keptPlace(view) {
  try { return JSON.parse(sessionStorage.getItem(key(view)) ?? "null") } catch { return null }
}
