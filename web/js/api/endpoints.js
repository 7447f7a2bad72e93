import { getJSON, understood } from "./client.js"

/** @typedef {import("./types.js").FeedPage} FeedPage */

/** @param {URLSearchParams} query @param {AbortSignal} [signal] @returns {Promise<FeedPage>} */
export const getFeed = (query, signal) => understood(getJSON("/feed", query, signal), ({ items }) => items.every(isPost))

/** @returns {Promise<import("./types.js").Freshness>} */
export const getFreshness = () => understood(getJSON("/freshness"), ({ status, modes }) => typeof status === "string" && Array.isArray(modes))

/** @returns {Promise<Record<string, any>>} */
export const getSummary = () => understood(getJSON("/stats/summary"), ({ posts }) => typeof posts === "number")

const isPoint = (/** @type {any} */ { at, views }) => Number.isFinite(Date.parse(at)) && typeof views === "number"

export const isPost = (/** @type {any} */ post) => typeof post.status_id === "string" && typeof post.author_handle === "string" && typeof post.discovered_at === "string" && (post.curve === undefined || post.curve.every(isPoint))

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<import("./types.js").PostDetail>} */
export const getPost = (id, signal) =>
  understood(getJSON(`/posts/${encodeURIComponent(id)}`, undefined, signal), ({ post, snapshots }) => isPost(post) && Array.isArray(snapshots))

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<import("./types.js").Provenance>} */
export const getProvenance = (id, signal) =>
  understood(getJSON(`/posts/${encodeURIComponent(id)}/provenance`, undefined, signal), ({ fields, earlier_texts: texts }) => Array.isArray(texts) && Object.values(fields).every((/** @type {any} */ { batch_id: batch }) => batch !== undefined))

/** @returns {Promise<{items: import("./types.js").WatchAccount[]}>} */
export const getWatchAccounts = () => understood(getJSON("/watch-accounts"), ({ items }) => items.every((/** @type {any} */ { handle }) => typeof handle === "string"))

/** @param {URLSearchParams} query @param {AbortSignal} [signal] @returns {Promise<import("./types.js").Timeline>} */
export const getTimeline = (query, signal) => understood(getJSON("/stats/timeline", query, signal), ({ buckets }) => buckets.every((/** @type {any} */ { start, end, total }) => Date.parse(start) < Date.parse(end) && typeof total === "number"))

/** @param {URLSearchParams} query @returns {Promise<{items: import("./types.js").Run[], next_cursor: string|null}>} */
export const getRuns = (query) => understood(getJSON("/runs", query), ({ items }) => items.every((/** @type {any} */ { run_at: at }) => !Number.isNaN(Date.parse(at))))

/** @param {URLSearchParams} [query] @returns {Promise<import("./types.js").Facets>} */
export const getFacets = (query) => understood(getJSON("/facets", query), ({ handle }) => Array.isArray(handle.top))
