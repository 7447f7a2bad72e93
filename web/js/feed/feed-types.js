// The parts of the feed, for the signatures of others. Types only, known everywhere: this file is never loaded by the page.

/**
 * What the page needs of a feed: unseen posts are shown as one too.
 * @typedef {Pick<import("./feed.js").Feed, keyof import("./feed.js").Feed>} ShownFeed
 */

/** @typedef {import("./feed-view.js").FeedView} FeedView */
/** @typedef {ReturnType<import("./movement.js").movement>} CardMovement */

/**
 * Where a reader was: how much was loaded, which card stood where, what had focus.
 * @typedef {{depth: number, y: number, anchor: string|null, top: number, focus: string|null}} Place
 */
