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
