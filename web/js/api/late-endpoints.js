// What is asked later than the first view: a post, counts, and what the overview shows.
import { getJSON, understood } from "./client.js"
import { isPost } from "./endpoints.js"

/**
 * @param {string} id
 * @param {AbortSignal} [signal]
 * @returns {Promise<PostDetail>}
 */
export const getPost = (id, signal) =>
  understood(
    getJSON(`/posts/${encodeURIComponent(id)}`, undefined, signal),
    ({ post, snapshots }) => isPost(post) && Array.isArray(snapshots),
  )

/**
 * @param {string} id
 * @param {AbortSignal} [signal]
 * @returns {Promise<Provenance>}
 */
export const getProvenance = (id, signal) =>
  understood(
    getJSON(`/posts/${encodeURIComponent(id)}/provenance`, undefined, signal),
    ({ fields, earlier_texts: texts }) =>
      Array.isArray(texts) && Object.values(fields).every((/** @type {any} */ { batch_id: batch }) => batch !== undefined),
  )

/** @returns {Promise<{items: WatchAccount[]}>} */
export const getWatchAccounts = () =>
  understood(getJSON("/watch-accounts"), ({ items }) => items.every((/** @type {any} */ { handle }) => typeof handle === "string"))

/**
 * @param {URLSearchParams} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<Timeline>}
 */
export const getTimeline = (query, signal) =>
  understood(getJSON("/stats/timeline", query, signal), ({ buckets }) => buckets.every(isBucket))

const isBucket = (/** @type {any} */ { start, end, total }) => Date.parse(start) < Date.parse(end) && typeof total === "number"

/**
 * @param {URLSearchParams} query
 * @returns {Promise<{items: PipelineRun[], next_cursor: string|null}>}
 */
export const getRuns = (query) =>
  understood(getJSON("/runs", query), ({ items }) => items.every((/** @type {any} */ { run_at: at }) => !Number.isNaN(Date.parse(at))))

/**
 * @param {URLSearchParams} [query]
 * @returns {Promise<Facets>}
 */
export const getFacets = (query) => understood(getJSON("/facets", query), ({ handle }) => Array.isArray(handle.top))
