import { handleHref, postHref } from "../address/hrefs.js"
import { fromTemplate, within } from "../lib/dom.js"
import { calm, oneLine, plain, safeURL } from "../lib/text/sanitize.js"
import { dayKey, shortTime } from "../lib/time/format.js"
import { setTime } from "../lib/time/time-node.js"
import { paintAvatar } from "./avatar.js"
import { setPace, setTier } from "./badges.js"
import { setCounters, setSparkline } from "./numbers.js"
import { foldedText, postText } from "./post-text.js"

/** @typedef {ReturnType<import("../address/filters.js").sortOf>} Order */

/** @param {FeedItem} item */
export const authorName = (item) => oneLine(item.author_display, 60) || item.author_handle

/**
 * @param {FeedItem} item
 * @param {Order} order of the feed: which of the two times of a post goes first
 */
export function card(item, order) {
  const node = fromTemplate("post-template")
  node.dataset.id = item.status_id
  node.ariaLabel = `${authorName(item)}, ${shortTime(new Date(item.discovered_at))}`
  paintAvatar(node.querySelector(".avatar"), item.author_handle, authorName(item))
  setAuthor(node, item)
  setTier(node.querySelector(".tier"), item.watch_tier)
  node.querySelector(".open").href = postHref(item.status_id)
  setTimes(node, item, order)
  setText(node.querySelector(".post-text"), item, true)
  setReason(node, item)
  setOut(within(node, ".on-x"), item)
  updateCard(node, item)
  return node
}

/**
 * A link to the post on X, or none where its address is not one to follow.
 * @param {HTMLAnchorElement} link
 * @param {FeedItem} item
 */
export function setOut(link, { url }) {
  const href = safeURL(url)
  if (href) link.href = href
  else link.remove()
}

/**
 * The parts that move after a post was found.
 * @param {HTMLElement} node
 * @param {FeedItem} item
 */
export function updateCard(node, item) {
  setCounters(within(node, ".counters"), item)
  setSparkline(within(node, ".sparkline"), item)
  setPace(within(node, ".pace"), item)
  const gone = within(node, ".gone")
  gone.hidden = !item.gone_at
  gone.textContent = item.gone_at ? `Gone from X since ${shortTime(new Date(item.gone_at))}` : ""
  const mark = within(node, ".reported")
  mark.hidden = item.reported_at === null
  if (item.reported_at === null) return
  mark.lastElementChild.textContent = "Reported"
  mark.title = `Reported ${shortTime(new Date(item.reported_at))}`
}

/**
 * @param {HTMLElement} node
 * @param {FeedItem} item
 */
export function setAuthor(node, item) {
  const author = within(node, ".author")
  const handle = within(node, ".handle")
  author.textContent = authorName(item)
  handle.textContent = `@${item.author_handle}`
  handle.href = handleHref(item.author_handle)
  handle.title = `Only posts by @${item.author_handle}`
}

/**
 * The time that orders the feed stands last, where the eye looks for it; the other one before it.
 * @param {HTMLElement} node
 * @param {FeedItem} item
 * @param {Order} order
 */
function setTimes(node, item, order) {
  const posted = item.posted_at ?? null
  const first = order.day === "posted_at" && posted !== null ? posted : item.discovered_at
  const second = first === posted ? item.discovered_at : posted
  const what = first === posted ? "posted" : "discovered"
  within(node, ".open .visually-hidden").textContent = `Open the post by ${authorName(item)}, ${what} `
  const underItsDay = order.day !== null && first === item[order.day]
  setTime(within(node, ".open time"), first, underItsDay ? "feed" : "dated")
  const other = within(node, ".other-time")
  other.hidden = second === null || minuteOf(second) === minuteOf(first)
  if (second === null || other.hidden) return
  other.firstElementChild.textContent = first === posted ? "found " : "posted "
  setTime(other.lastElementChild, second, dayKey(new Date(second)) === dayKey(new Date(first)) ? "brief" : "dated")
}

/** @param {string} instant */
const minuteOf = (instant) => Math.floor(Date.parse(instant) / 60_000)

/**
 * @param {HTMLElement} node
 * @param {FeedItem} item
 * @param {boolean} [folded]
 */
export function setText(node, item, folded = false) {
  const text = calm(plain(item.body_text).trim())
  node.classList.toggle("no-text", text === "")
  if (text === "") node.textContent = item.gone_at ? "Its text is not shown." : "No text was captured."
  else node.replaceChildren(...(folded ? foldedText(text) : postText(text)))
}

/**
 * @param {HTMLElement} node
 * @param {FeedItem} item
 */
function setReason(node, item) {
  node.classList.toggle("is-significant", item.is_significant)
  const reason = within(node, ".reason")
  reason.hidden = !item.is_significant
  reason.lastElementChild.textContent = oneLine(item.significance_reason, 240) || "No reason was recorded."
}
