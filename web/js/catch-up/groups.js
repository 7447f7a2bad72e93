import { tierNames } from "../address/filters.js"
import { oneLine } from "../lib/text/sanitize.js"
import { dayKey, dayName } from "../lib/time/format.js"

/**
 * @typedef {"time"|"author"|"tier"} By
 * @typedef {{key: string, name: string, posts: FeedItem[]}} Group
 */

/** @type {Record<By, string>} */
export const ways = { time: "By time", author: "By author", tier: "By tier" }

/** @type {Record<By, (post: FeedItem, now: Date) => [string, string]>} the group of a post and what it is called */
const groupOf = {
  time: ({ discovered_at: at }, now) => [dayKey(new Date(at)), dayName(new Date(at), now)],
  author: ({ author_handle: handle, author_display: name }) => [handle.toLowerCase(), `${oneLine(name, 60)} @${handle}`.trim()],
  tier: ({ watch_tier: tier }) => [tier ?? "none", tierNames[tier ?? "none"] ?? tier],
}

const tiers = Object.keys(tierNames)

/** @type {Record<By, (one: Group, other: Group) => number>} days as they come, authors who wrote most first, tiers in their order */
const order = {
  time: () => 0,
  author: (one, other) => other.posts.length - one.posts.length,
  tier: (one, other) => tiers.indexOf(one.key) - tiers.indexOf(other.key),
}

/**
 * @param {FeedItem[]} posts oldest first, and so they stay within a group
 * @param {By} by
 * @param {Date} now
 * @returns {Group[]}
 */
export function grouped(posts, by, now) {
  /** @type {Map<string, Group>} */
  const groups = new Map()
  for (const post of posts) {
    const [key, name] = groupOf[by](post, now)
    if (!groups.has(key)) groups.set(key, { key, name, posts: [] })
    groups.get(key)?.posts.push(post)
  }
  return [...groups.values()].sort(order[by])
}
