import { getJSON, understood } from "./client.js"
import { isPost } from "./resources.js"

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<import("./types.js").PostDetail>} */
export const getPost = (id, signal) =>
  understood(getJSON(`/posts/${encodeURIComponent(id)}`, undefined, signal), ({ post, snapshots }) => isPost(post) && Array.isArray(snapshots))

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<import("./types.js").Provenance>} */
export const getProvenance = (id, signal) =>
  understood(getJSON(`/posts/${encodeURIComponent(id)}/provenance`, undefined, signal), ({ fields, earlier_texts: texts }) => Array.isArray(texts) && Object.values(fields).every((/** @type {any} */ { batch_id: batch }) => batch !== undefined))

/** @returns {Promise<{items: import("./types.js").WatchAccount[]}>} */
export const getWatchAccounts = () => understood(getJSON("/watch-accounts"), ({ items }) => items.every((/** @type {any} */ { handle }) => typeof handle === "string"))
