// What the HTTP API answers, as docs/openapi.v1.yaml says it. Types only, known everywhere: this file is never loaded by the page.

/**
 * @typedef {"teammate"|"influencer"|"ecosystem"} WatchTier
 */

/**
 * @typedef {{
 *   status_id: string,
 *   discovered_at: string,
 *   posted_at: string|null,
 *   author_handle: string,
 *   author_display: string|null,
 *   watch_tier: WatchTier|null,
 *   body_text: string|null,
 *   url: string,
 *   is_significant: boolean,
 *   significance_reason: string|null,
 *   source_query: string|null,
 *   likes: number,
 *   reposts: number,
 *   replies: number,
 *   views: number,
 *   views_per_hour: number|null,
 *   likes_per_hour: number|null,
 *   reported_at: string|null,
 *   gone_at: string|null,
 *   curve?: Array<{
 *     at: string,
 *     views: number,
 *   }>,
 * }} FeedItem
 */

/**
 * @typedef {{
 *   items: Array<FeedItem>,
 *   next_cursor: string|null,
 *   prev_cursor: string|null,
 * }} FeedResponse
 */

/**
 * @typedef {{
 *   status_id: string,
 *   snapshot_type: "initial_capture"|"latest_observed"|"refresh_24h",
 *   snapshot_at: string,
 *   likes: number,
 *   reposts: number,
 *   replies: number,
 *   views: number,
 *   source: string,
 * }} MetricsSnapshot
 */

/**
 * @typedef {{
 *   status_id: string,
 *   reported_at: string,
 *   channel: string|null,
 *   summary: string|null,
 *   destination: string|null,
 * }} Report
 */

/**
 * @typedef {{
 *   post: FeedItem & {
 *     capture_latency_seconds: number|null,
 *     last_seen_at: string,
 *     posted_relative: string|null,
 *     significance_version: string|null,
 *     initial_likes: number|null,
 *     initial_reposts: number|null,
 *     initial_replies: number|null,
 *     initial_views: number|null,
 *     likes_24h: number|null,
 *     reposts_24h: number|null,
 *     replies_24h: number|null,
 *     views_24h: number|null,
 *     refresh_24h_at: string|null,
 *     refresh_24h_status: string|null,
 *     refresh_24h_delta_likes: number|null,
 *     refresh_24h_delta_reposts: number|null,
 *     refresh_24h_delta_replies: number|null,
 *     refresh_24h_delta_views: number|null,
 *   },
 *   snapshots: Array<MetricsSnapshot>,
 *   partial: boolean,
 *   report: Report|null,
 * }} PostDetail
 */

/**
 * @typedef {{
 *   status_id: string,
 *   inserted_by: number|null,
 *   updated_by: number|null,
 *   fields: Record<string, {
 *     observed_at: string|null,
 *     batch_id: number|null,
 *   }>,
 *   earlier_texts: Array<{
 *     body_text: string|null,
 *     replaced_at: string,
 *     replaced_by: number|null,
 *   }>,
 *   partial: boolean,
 * }} Provenance
 */

/**
 * @typedef {{
 *   handle: string,
 *   tier: WatchTier,
 *   note: string|null,
 *   added_at: string,
 *   posts: number,
 *   last_post_at: string|null,
 * }} WatchAccount
 */

/**
 * @typedef {{
 *   posts: number,
 *   significant: number,
 *   reported: number,
 *   unreported: number,
 *   unreported_significant: number,
 *   watch_accounts: {
 *     teammate: number,
 *     influencer: number,
 *     ecosystem: number,
 *   },
 *   capture_latency_seconds: {
 *     p50: number,
 *     p90: number,
 *     p99: number,
 *     posts: number,
 *   }|null,
 * }} Summary
 */

/**
 * @typedef {{
 *   bucket: "hour"|"day"|"week"|"month",
 *   tz: string,
 *   partial: boolean,
 *   covered_since: string|null,
 *   total: number,
 *   buckets: Array<{
 *     start: string,
 *     end: string,
 *     local_start: string,
 *     teammate: number,
 *     influencer: number,
 *     ecosystem: number,
 *     none: number,
 *     total: number,
 *   }>,
 * }} Timeline
 */

/**
 * @typedef {{
 *   top: Array<{
 *     value: string|null,
 *     posts: number,
 *   }>,
 *   other_values: number,
 *   other_posts: number,
 * }} ValueCounts
 */

/**
 * @typedef {{
 *   partial: boolean,
 *   covered_since: string|null,
 *   total: number,
 *   tier: {
 *     teammate: number,
 *     influencer: number,
 *     ecosystem: number,
 *     none: number,
 *   },
 *   significant: {
 *     true: number,
 *     false: number,
 *   },
 *   reported: {
 *     true: number,
 *     false: number,
 *   },
 *   handle: ValueCounts,
 *   source_query: ValueCounts,
 * }} Facets
 */

/**
 * @typedef {{
 *   run_at: string,
 *   mode: "priority"|"discovery"|"both"|"refresh24h"|"manual",
 *   source: string,
 *   fetched_count: number,
 *   significant_count: number,
 *   reported_count: number,
 *   note: string|null,
 * }} PipelineRun
 */

/**
 * @typedef {"live"|"stale"|"blind"|"unknown"} FreshnessStatus
 */

/**
 * @typedef {{
 *   now: string,
 *   status: FreshnessStatus,
 *   blind_since: string|null,
 *   newest_discovered_at: string|null,
 *   newest_last_seen_at: string|null,
 *   modes: Array<{
 *     mode: "priority"|"discovery"|"both"|"refresh24h"|"manual",
 *     status: FreshnessStatus,
 *     last_run_at: string|null,
 *     usual_interval_seconds: number|null,
 *     due_at: string|null,
 *     blind_since: string|null,
 *   }>,
 * }} Freshness
 */

/**
 * @typedef {{
 *   access: "open"|"public"|"keys"|"oidc",
 *   signed_in: boolean,
 *   may_read: boolean,
 *   can_sign_in: boolean,
 *   name: string|null,
 *   email: string|null,
 *   scopes: Array<"read"|"feed"|"ingest"|"ops">,
 *   contact: string|null,
 *   expires_at: string|null,
 * }} Me
 */

/**
 * @typedef {{
 *   id: number,
 *   prefix: string,
 *   name: string,
 *   view: string,
 *   created_at: string,
 *   last_used_at: string|null,
 * }} FeedToken
 */
