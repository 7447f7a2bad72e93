import { withChange } from "../address/filters.js"
import { feedQuery, queryWith } from "../address/query.js"
import { getFacets } from "../api/late-endpoints.js"
import { Problem } from "../api/problem.js"
import { within } from "../lib/dom.js"
import { counted, exact } from "../lib/number.js"
import { readerZone, shortTime } from "../lib/time/format.js"

/** @type {Record<string, Array<"tier"|"significant"|"reported">>} which filters of a menu have counts beside their choices */
const facetsOf = { tier: ["tier"], status: ["significant", "reported"] }

const valuesCounted = 100

/**
 * Writes beside each choice of a menu how many posts it would leave.
 * @param {HTMLDetailsElement} menu
 * @param {Filters} filters
 * @param {() => boolean} isCurrent are these still the filters?
 */
export async function showCounts(menu, filters, isCurrent) {
  for (const name of facetsOf[menu.dataset.menu ?? ""] ?? []) {
    const facets = await facetsBeside(filters, name)
    if (!isCurrent()) return
    for (const box of menu.querySelectorAll(`input[name="${name}"]`)) {
      const { value } = /** @type {HTMLInputElement} */ (box)
      write(/** @type {HTMLInputElement} */ (box), /** @type {Record<string, number>|undefined} */ (facets?.[name])?.[value])
    }
    sayHowFar(menu, facets)
  }
}

/**
 * The number stands beside the name of a choice, and is heard after it; the name stays what it was.
 * @param {HTMLInputElement} box
 * @param {number|undefined} posts
 */
function write(box, posts) {
  const label = /** @type {HTMLElement} */ (box.closest("label"))
  if (!box.ariaLabel) box.ariaLabel = (label.textContent ?? "").trim()
  within(label, ".count").textContent = posts === undefined ? "" : exact(posts)
  box.ariaDescription = posts === undefined ? "" : counted(posts, "post")
}

/**
 * Counting has its time; when that was not enough, the numbers are those of the newer posts.
 * @param {HTMLElement} menu
 * @param {Facets|null} facets
 */
export function sayHowFar(menu, facets) {
  const note = within(menu, ".covered")
  note.hidden = !facets?.covered_since
  if (facets?.covered_since) note.textContent = `Counted back to ${shortTime(new Date(facets.covered_since))}`
}

/**
 * How many posts each value of a filter would leave, beside all other filters. A help, not a need.
 * @param {Filters} filters
 * @param {"tier"|"handle"|"source_query"|"significant"|"reported"} name
 * @returns {Promise<Facets|null>} null when it is not known
 */
export async function facetsBeside(filters, name) {
  const others = withChange(filters, { [name]: Array.isArray(filters[name]) ? [] : "", sort: "" })
  try {
    return await getFacets(queryWith(feedQuery(others, new Date(), filters.tz || readerZone), { top: valuesCounted }))
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
