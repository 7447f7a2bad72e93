import { getJSON, understood } from "./client.js"

/**
 * @param {URLSearchParams} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<FeedResponse>}
 */
export const getFeed = (query, signal) => understood(getJSON("/feed", query, signal), ({ items }) => items.every(isPost))

/** @returns {Promise<Me>} */
export const getMe = () => understood(getJSON("/me"), ({ may_read: may }) => typeof may === "boolean")

/** @returns {Promise<Freshness>} */
export const getFreshness = () =>
  understood(getJSON("/freshness"), ({ status, modes }) => typeof status === "string" && Array.isArray(modes))

/** @returns {Promise<Summary>} */
export const getSummary = () => understood(getJSON("/stats/summary"), ({ posts }) => typeof posts === "number")

const isPoint = (/** @type {any} */ { at, views }) => Number.isFinite(Date.parse(at)) && typeof views === "number"

/** @param {any} post */
export const isPost = (post) =>
  [post.status_id, post.author_handle, post.discovered_at].every((member) => typeof member === "string") &&
  (post.curve === undefined || post.curve.every(isPoint))
