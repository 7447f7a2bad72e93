/**
 * The orders of the feed: the words for them, and by which time the posts stand under days; none where the order is not one of time.
 * @type {Record<string, {name: string, order: string, day: "discovered_at"|"posted_at"|null, note?: string}>}
 */
export const sorts = {
  discovered: { name: "Newest found", order: "newest found first", day: "discovered_at" },
  posted: { name: "Newest posted", order: "newest posted first", day: "posted_at" },
  likes: { name: "Most liked", order: "most liked first", day: null },
  views: { name: "Most viewed", order: "most viewed first", day: null },
  velocity: { name: "Fastest", order: "fastest spreading first", day: null, note: "views per hour" },
}

/** @param {string} sort from the address, empty for the order of discovery */
export const sortOf = (sort) => sorts[sort || "discovered"]
