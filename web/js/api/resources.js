import { getJSON } from "./client.js"

/** @typedef {import("./types.js").FeedPage} FeedPage */

/** @param {URLSearchParams} query @param {AbortSignal} [signal] @returns {Promise<FeedPage>} */
export const getFeed = (query, signal) => getJSON("/feed", query, signal)

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<import("./types.js").PostDetail>} */
export const getPost = (id, signal) => getJSON(`/posts/${encodeURIComponent(id)}`, undefined, signal)

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<import("./types.js").Provenance>} */
export const getProvenance = (id, signal) => getJSON(`/posts/${encodeURIComponent(id)}/provenance`, undefined, signal)

/** @returns {Promise<{items: Array<{handle: string, tier: string, note: string|null}>}>} */
export const getWatchAccounts = () => getJSON("/watch-accounts")

/** @returns {Promise<Record<string, any>>} */
export const getSummary = () => getJSON("/stats/summary")
