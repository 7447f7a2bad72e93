import { getJSON } from "./client.js"
import { Problem } from "./problem.js"

/** @typedef {import("./types.js").FeedPage} FeedPage */

/** @param {URLSearchParams} query @param {AbortSignal} [signal] @returns {Promise<FeedPage>} */
export const getFeed = (query, signal) => understood(getJSON("/feed", query, signal), ({ items }) => items.every(isPost))

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<import("./types.js").PostDetail>} */
export const getPost = (id, signal) =>
  understood(getJSON(`/posts/${encodeURIComponent(id)}`, undefined, signal), ({ post, snapshots }) => isPost(post) && Array.isArray(snapshots))

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<import("./types.js").Provenance>} */
export const getProvenance = (id, signal) => getJSON(`/posts/${encodeURIComponent(id)}/provenance`, undefined, signal)

/** @returns {Promise<{items: Array<{handle: string, tier: string, note: string|null}>}>} */
export const getWatchAccounts = () => getJSON("/watch-accounts")

/** @returns {Promise<Record<string, any>>} */
export const getSummary = () => understood(getJSON("/stats/summary"), ({ posts }) => typeof posts === "number")

const isPost = (/** @type {any} */ post) => typeof post.status_id === "string" && typeof post.author_handle === "string" && typeof post.discovered_at === "string"

/** JSON alone is no answer: something between here and the server may send its own. @param {Promise<any>} asked @param {(body: any) => boolean} fits */
async function understood(asked, fits) {
  const body = await asked
  let fit = false
  try { fit = fits(body) } catch { /* a member that is not there does not fit */ }
  if (!fit) throw Problem.notUnderstood("The server sent something else than was asked for.")
  return body
}
