import { base } from "../../config.js"

/**
 * The post alone: what a reader sends to somebody.
 * @param {string} id
 */
export const shareHref = (id) => new URL(`${base}/posts/${encodeURIComponent(id)}`, location.origin).href
