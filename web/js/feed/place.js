/**
 * Where a reader was: how much was loaded, which card stood where, what had focus.
 * @typedef {{depth: number, y: number, anchor: string|null, top: number, focus: string|null}} Place
 */

/** @param {HTMLElement[]} cards @param {number} edge where the sticky bar ends @returns {Place} */
export function placeNow(cards, edge) {
  const anchor = scrollY < 1 ? undefined : cards.find((card) => card.getBoundingClientRect().bottom > edge)
  const focused = /** @type {HTMLElement|null} */ (document.activeElement?.closest(".post") ?? null)
  return {
    depth: cards.length,
    y: scrollY,
    anchor: anchor?.dataset.id ?? null,
    top: anchor?.getBoundingClientRect().top ?? 0,
    focus: focused?.dataset.id ?? null,
  }
}

/** By the card, so that posts arrived since do not move it; by the number when the card is gone. @param {Place} place @param {HTMLElement|null} anchor */
export function returnTo(place, anchor) {
  if (anchor) scrollBy({ top: anchor.getBoundingClientRect().top - place.top, behavior: "instant" })
  else scrollTo({ top: place.y, behavior: "instant" })
}

const key = (/** @type {string} */ view) => `place ${view}`

/** @param {string} view @param {Place} place */
export function keepPlace(view, place) {
  try { sessionStorage.setItem(key(view), JSON.stringify(place)) } catch { /* then a reload starts at the top */ }
}

/** @param {string} view @returns {Place|null} */
export function keptPlace(view) {
  try { return JSON.parse(sessionStorage.getItem(key(view)) ?? "null") } catch { return null }
}
