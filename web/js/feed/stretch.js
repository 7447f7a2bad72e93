import { getFeed } from "../api/resources.js"
import { queryWith } from "../address/query.js"

/** @typedef {import("../api/types.js").FeedItem} FeedItem */

/** So many posts fill a screen; so many pages in a row may hold none before somebody is asked whether to go on. */
const screenful = 20
const patience = 10

/**
 * The next posts of a view. The work for one page is bounded, so that it may be short, or empty, and still go on: only a missing cursor is the end.
 * @param {URLSearchParams} query @param {string|null} cursor null for the beginning
 * @param {number} [enough] stops as soon as there are so many
 * @returns {Promise<{items: FeedItem[], next: string|null}>} posts, and where they go on; no posts and a way on: nothing was found so far
 */
export async function stretch(query, cursor, enough = screenful) {
  /** @type {FeedItem[]} */
  const items = []
  let next = cursor
  for (let pages = 0; pages < patience; pages++) {
    const page = await getFeed(next === null ? query : queryWith(query, { cursor: next }))
    items.push(...page.items)
    next = page.next_cursor
    if (next === null || items.length >= enough) break
  }
  return { items, next }
}
