import { getJSON, understood } from "./client.js"
import { send } from "./send.js"

/** @returns {Promise<{items: FeedToken[]}>} the reader's own */
export const getFeedTokens = () =>
  understood(getJSON("/me/feed-tokens"), ({ items }) => items.every((/** @type {any} */ { id, view }) => id && typeof view === "string"))

/**
 * @param {string} view the query of the feed
 * @returns {Promise<FeedToken & {token: string}>} the only answer that has the token
 */
export const makeFeedToken = (view) =>
  understood(send("POST", "/me/feed-tokens", { view }), ({ id, token }) => id && typeof token === "string")

/** @param {FeedToken["id"]} id */
export const revokeFeedToken = (id) => send("DELETE", `/me/feed-tokens/${id}`)
