import { getSummary } from "../api/endpoints.js"
import { Problem } from "../api/problem.js"
import { byId } from "../lib/dom.js"
import { compact, exact } from "../lib/number.js"

/** Counts of everything collected, each a door to the posts it counts. */
export async function loadSummary() {
  const strip = byId("summary")
  try {
    const summary = await getSummary()
    const watched = Object.values(summary.watch_accounts ?? {}).reduce((sum, count) => sum + count, 0)
    /** @type {Record<string, any>} */
    const counts = { ...summary, watched }
    for (const link of strip.querySelectorAll("[data-count]")) show(link, counts[link.dataset.count])
    delete strip.dataset.stale
    strip.dispatchEvent(new Event("counted"))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    strip.dataset.stale = "true"
  }
}

/**
 * @param {HTMLElement} link
 * @param {number|undefined} count
 */
function show(link, count) {
  const figure = /** @type {HTMLElement} */ (link.firstElementChild)
  figure.textContent = compact(count)
  link.title = exact(count)
}

/**
 * Marks the door that is open now.
 * @param {string} search of the page's address
 */
export function markSummary(search) {
  for (const link of byId("summary").querySelectorAll("a")) {
    if (new URL(link.href).search === search) link.setAttribute("aria-current", "page")
    else link.removeAttribute("aria-current")
  }
}
