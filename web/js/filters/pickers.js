import { getWatchAccounts } from "../api/late-endpoints.js"
import { Problem } from "../api/problem.js"
import { facetsBeside, sayHowFar } from "./facet-counts.js"
import { Picker } from "./picker.js"

/**
 * @typedef {import("./matches.js").Entry} Entry
 */
/** @typedef {"handle"|"source_query"} Picked */

/** @type {Map<string, string>|null} the tier of each watched handle */
let watched = null

/**
 * The lists of authors and of queries, with how many posts each would leave.
 * @param {HTMLFormElement} form
 * @param {(name: Picked, value: string) => void} toggle
 * @returns {(menu: HTMLElement, filters: Filters, isCurrent: () => boolean) => Promise<void>} fills the list of a menu, if it has one
 */
export function pickers(form, toggle) {
  const made = new Map([...form.querySelectorAll("[data-pick]")].map((root) => {
    const name = /** @type {Picked} */ (/** @type {HTMLElement} */ (root).dataset.pick)
    return [root, { name, picker: new Picker(/** @type {HTMLElement} */ (root), (value) => toggle(name, value)) }]
  }))
  return async (menu, filters, isCurrent) => {
    for (const [root, { name, picker }] of made) {
      if (!menu.contains(root)) continue
      const [facets, tiers] = await Promise.all([facetsBeside(filters, name), name === "handle" ? tiersOfWatched() : new Map()])
      if (!isCurrent()) return
      picker.offer(entries(facets, name, tiers), filters[name])
      sayHowFar(menu, facets)
    }
  }
}

/** @returns {Promise<Map<string, string>>} */
async function tiersOfWatched() {
  try {
    watched ??= new Map((await getWatchAccounts()).items.map(({ handle, tier }) => [handle, tier]))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
  return watched ?? new Map()
}

/**
 * @param {Facets|null} facets
 * @param {Picked} name
 * @param {Map<string, string>} tiers
 * @returns {Entry[]}
 */
function entries(facets, name, tiers) {
  const listed = (facets?.[name].top ?? []).flatMap(({ value, posts }) =>
    (value === null ? [] : [{ value, posts, tier: tiers.get(value) ?? null }]))
  const known = new Set(listed.map(({ value }) => value))
  const rest = facets && facets[name].other_values === 0 ? 0 : null
  return [...listed, ...[...tiers].filter(([value]) => !known.has(value)).map(([value, tier]) => ({ value, posts: rest, tier }))]
}
