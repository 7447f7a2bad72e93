import { getJSON } from "./client.js"
import { understood } from "./understood.js"

/** @typedef {import("./types.js").FeedPage} FeedPage */

/** @param {URLSearchParams} query @param {AbortSignal} [signal] @returns {Promise<FeedPage>} */
export const getFeed = (query, signal) => understood(getJSON("/feed", query, signal), ({ items }) => items.every(isPost))

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<import("./types.js").PostDetail>} */
export const getPost = (id, signal) =>
  understood(getJSON(`/posts/${encodeURIComponent(id)}`, undefined, signal), ({ post, snapshots }) => isPost(post) && Array.isArray(snapshots))

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<import("./types.js").Provenance>} */
export const getProvenance = (id, signal) => getJSON(`/posts/${encodeURIComponent(id)}/provenance`, undefined, signal)

/** @returns {Promise<{items: import("./types.js").WatchAccount[]}>} */
export const getWatchAccounts = () => understood(getJSON("/watch-accounts"), ({ items }) => items.every((/** @type {any} */ { handle }) => typeof handle === "string"))

/** @returns {Promise<import("./types.js").Freshness>} */
export const getFreshness = () => understood(getJSON("/freshness"), ({ status, modes }) => typeof status === "string" && Array.isArray(modes))

/** @returns {Promise<Record<string, any>>} */
export const getSummary = () => understood(getJSON("/stats/summary"), ({ posts }) => typeof posts === "number")

const isPost = (/** @type {any} */ post) => typeof post.status_id === "string" && typeof post.author_handle === "string" && typeof post.discovered_at === "string"
