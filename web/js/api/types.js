// What the HTTP API answers. Types only: this file is never loaded by the page.

/**
 * @typedef {"teammate"|"influencer"|"ecosystem"} Tier
 *
 * @typedef {object} FeedItem
 * @property {string} status_id
 * @property {string} discovered_at
 * @property {string|null} [posted_at]
 * @property {string} author_handle
 * @property {string|null} [author_display]
 * @property {Tier|null} watch_tier
 * @property {string|null} body_text
 * @property {string} url
 * @property {boolean} is_significant
 * @property {string|null} significance_reason
 * @property {number|null} likes
 * @property {number|null} reposts
 * @property {number|null} replies
 * @property {number|null} views
 * @property {string|null} reported_at
 *
 * @typedef {object} FeedPage
 * @property {FeedItem[]} items
 * @property {string|null} next_cursor
 * @property {string|null} [prev_cursor]
 *
 * @typedef {object} Snapshot
 * @property {string} snapshot_type
 * @property {string} snapshot_at
 * @property {number} likes
 * @property {number} reposts
 * @property {number} replies
 * @property {number} views
 * @property {string|null} [source]
 *
 * @typedef {object} Report
 * @property {string} reported_at
 * @property {string|null} channel
 * @property {string|null} summary
 * @property {string|null} destination
 *
 * @typedef {{post: FeedItem, snapshots: Snapshot[], report: Report|null}} PostDetail
 */

export {}
