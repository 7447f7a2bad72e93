import { base } from "../../config.js"
import { toSearch, withChange } from "./filters.js"
import { parseSearch } from "./parse.js"

const here = () => parseSearch(location.search).filters

/** @param {Filters} filters */
export const feedHref = (filters) => `${base}/${toSearch(filters)}`

/**
 * The post, with the feed it was opened from behind it.
 * @param {string} id
 */
export const postHref = (id) => `${base}/posts/${encodeURIComponent(id)}${location.search}`

/** @param {string} handle */
export const handleHref = (handle) => feedHref(withChange(here(), { handle: [handle] }))

/** @param {string} q a search beside all other filters */
export const searchHref = (q) => feedHref(withChange(here(), { q }))

/** @returns {string|null} the post's id, or null for the feed; an address that cannot be decoded is an unknown post */
export function postIdIn(/** @type {string} */ pathname) {
  const match = /^\/posts\/([^/]+)\/?$/u.exec(pathname.startsWith(base) ? pathname.slice(base.length) : "")
  if (!match) return null
  try { return decodeURIComponent(match[1]) } catch { return match[1] }
}
