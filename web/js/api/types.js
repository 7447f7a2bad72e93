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
 * @property {string|null} [source_query]
 * @property {number|null} [views_per_hour] between the last two observations; null when there is only one
 * @property {number|null} [likes_per_hour]
 * @property {Array<{at: string, views: number}>} [curve] how the views went, oldest first; where it was asked for
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
 * @typedef {{post: FeedItem & {capture_latency_seconds: number|null}, snapshots: Snapshot[], report: Report|null}} PostDetail
 *
 * @typedef {object} Provenance
 * @property {number|null} inserted_by the number of a batch or an import
 * @property {number|null} updated_by
 * @property {Record<string, {observed_at: string|null, batch_id: number|null}>} fields
 * @property {Array<{body_text: string|null, replaced_at: string, replaced_by: number|null}>} earlier_texts oldest first
 */

/**
 * @typedef {{start: string, end: string, local_start: string, teammate: number, influencer: number, ecosystem: number, none: number, total: number}} TimelineBucket
 * @typedef {{bucket: "hour"|"day"|"week", tz: string, partial: boolean, covered_since: string|null, total: number, buckets: TimelineBucket[]}} Timeline
 * @typedef {{handle: string, tier: Tier, note: string|null, added_at: string, posts: number, last_post_at: string|null}} WatchAccount
 * @typedef {{run_at: string, mode: RunMode, source: string, fetched_count: number, significant_count: number, reported_count: number, note: string|null}} Run
 * @typedef {"priority"|"discovery"|"both"|"refresh24h"|"manual"} RunMode
 * @typedef {"live"|"stale"|"blind"|"unknown"} FreshnessStatus
 * @typedef {{mode: RunMode, status: FreshnessStatus, last_run_at: string|null, usual_interval_seconds: number|null, due_at: string|null, blind_since: string|null}} ModeFreshness
 * @typedef {{now: string, status: FreshnessStatus, blind_since: string|null, newest_discovered_at: string|null, modes: ModeFreshness[]}} Freshness
 * @typedef {{p50: number, p90: number, p99: number, posts: number}} Latency
 * @typedef {{top: Array<{value: string, posts: number}>, other_values: number, other_posts: number}} ValueCounts
 * @typedef {{partial: boolean, covered_since: string|null, total: number, tier: Record<Tier|"none", number>, significant: Record<"true"|"false", number>, reported: Record<"true"|"false", number>, handle: ValueCounts, source_query: {top: Array<{value: string|null, posts: number}>, other_values: number, other_posts: number}}} Facets
 */

export {}
