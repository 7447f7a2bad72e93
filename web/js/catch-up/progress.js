/** @typedef {import("./marks.js").Mark} Mark */

const maxSeenAbove = 500
const clockSlackMs = 3_600_000

/** A clock that runs ahead must not make everything seen for years: what it says it found later than in an hour never becomes the mark. */
const latest = () => new Date(Date.now() + clockSlackMs).toISOString()

/**
 * @param {Mark} mark
 * @param {FeedItem} post
 * @returns {boolean}
 */
export const isUnseen = (mark, { status_id: id, discovered_at: at }) => at > mark.until && mark.above[id] === undefined

/**
 * The mark after some posts were on the screen. It moves up only over posts that were shown; of those that were shown above one that was
 * not, it remembers the ids.
 * @param {Mark} mark
 * @param {FeedItem[]} posts
 * @param {(id: string) => boolean} wasShown
 * @param {boolean} isWhole are these all posts above the mark? Otherwise it stays where it is
 * @returns {Mark}
 */
export function movedMark(mark, posts, wasShown, isWhole) {
  const later = posts.filter(({ discovered_at: at }) => at > mark.until)
  const isSeen = (/** @type {FeedItem} */ post) => wasShown(post.status_id) || !isUnseen(mark, post)
  const seen = later.filter(isSeen)
  const end = later.filter((post) => !isSeen(post)).reduce((least, { discovered_at: at }) => (at < least ? at : least), latest())
  const until = isWhole ? seen.reduce((top, { discovered_at: at }) => (at > top && at < end ? at : top), mark.until) : mark.until
  const above = seen.map(({ status_id: id, discovered_at: at }) => /** @type {[string, string]} */ ([id, at]))
  return cleaned(until, [...Object.entries(mark.above), ...above])
}

/**
 * The mark when a reader says that all is seen.
 * @param {Mark} mark
 * @param {string} newest
 */
export const markAt = (mark, newest) => cleaned([mark.until, [newest, latest()].sort()[0]].sort()[1], Object.entries(mark.above))

/**
 * What two tabs have seen.
 * @param {Mark} one
 * @param {Mark|null} other
 * @returns {Mark}
 */
export const joined = (one, other) =>
  other ? cleaned([one.until, other.until].sort()[1], [...Object.entries(one.above), ...Object.entries(other.above)]) : one

/**
 * @param {string} until
 * @param {Array<[string, any]>} above
 * @returns {Mark}
 */
export function cleaned(until, above) {
  const kept = new Map(above.filter(([, at]) => typeof at === "string" && at > until))
  return { until, above: Object.fromEntries([...kept].slice(-maxSeenAbove)) }
}
