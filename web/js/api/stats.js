import { getJSON, understood } from "./client.js"

/** @param {URLSearchParams} query @param {AbortSignal} [signal] @returns {Promise<import("./types.js").Timeline>} */
export const getTimeline = (query, signal) => understood(getJSON("/stats/timeline", query, signal), ({ buckets }) => buckets.every((/** @type {any} */ { start, end, total }) => Date.parse(start) < Date.parse(end) && typeof total === "number"))

/** @param {URLSearchParams} query @returns {Promise<{items: import("./types.js").Run[], next_cursor: string|null}>} */
export const getRuns = (query) => understood(getJSON("/runs", query), ({ items }) => items.every((/** @type {any} */ { run_at: at }) => !Number.isNaN(Date.parse(at))))

/** @param {URLSearchParams} [query] @returns {Promise<import("./types.js").Facets>} */
export const getFacets = (query) => understood(getJSON("/facets", query), ({ handle }) => Array.isArray(handle.top))
