/**
 * The post alone: what a reader sends to somebody.
 * @param {string} id
 */
export const shareHref = (id) => new URL(`/posts/${encodeURIComponent(id)}`, location.origin).href
