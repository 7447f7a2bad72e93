/**
 * A value that a filter may have.
 * @typedef {{value: string, posts: number|null, tier: string|null}} Entry `posts`: how many it would leave; null when that is not
 * known
 */

/** @type {(one: Entry, other: Entry) => number} */
const mostFirst = (one, other) => (other.posts ?? -1) - (one.posts ?? -1) || (one.value < other.value ? -1 : 1)

/**
 * What fits the text that was typed: the text itself, what begins with it, what holds it; of each the most frequent first.
 * @param {Entry[]} entries
 * @param {string} text
 * @param {number} maxRows
 * @returns {Entry[]}
 */
export function matches(entries, text, maxRows) {
  const wanted = text.trim().replace(/^@/u, "").toLowerCase()
  const place = (/** @type {Entry} */ { value }) => value.toLowerCase().indexOf(wanted)
  const fitting = entries.filter((entry) => place(entry) >= 0).sort(mostFirst)
  const rank = (/** @type {Entry} */ entry) => (entry.value.toLowerCase() === wanted ? 0 : place(entry) === 0 ? 1 : 2)
  return fitting.sort((one, other) => rank(one) - rank(other)).slice(0, maxRows)
}
