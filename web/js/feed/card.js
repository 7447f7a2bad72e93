import { handleHref, postHref } from "../address/hrefs.js"
import { paintAvatar } from "../page/avatar.js"
import { fromTemplate, within } from "../page/dom.js"
import { postText } from "../text/post-text.js"
import { setTime } from "../time/time-node.js"
import { shortTime } from "../time/format.js"
import { setCounters } from "./counters.js"
import { setTier } from "./tier.js"

/** @typedef {import("../api/types.js").FeedItem} FeedItem */

/** @param {FeedItem} item @returns {string} */
export const authorName = (item) => item.author_display?.trim() || item.author_handle

/** @param {FeedItem} item @returns {HTMLElement} */
export function card(item) {
  const node = fromTemplate("post-template")
  node.dataset.id = item.status_id
  paintAvatar(node.querySelector(".avatar"), item.author_handle, authorName(item))
  setAuthor(node, item)
  setTier(node.querySelector(".tier"), item.watch_tier)
  const open = node.querySelector(".open")
  open.href = postHref(item.status_id)
  open.firstElementChild.textContent = `Open the post by ${authorName(item)}, `
  setTime(open.querySelector("time"), item.discovered_at, "feed")
  setText(node.querySelector(".post-text"), item)
  setReason(node, item)
  updateCard(node, item)
  return node
}

/** The parts that move after a post was found. @param {HTMLElement} node @param {FeedItem} item */
export function updateCard(node, item) {
  setCounters(within(node, ".counters"), item)
  const mark = within(node, ".reported")
  mark.hidden = item.reported_at === null
  if (item.reported_at === null) return
  mark.lastElementChild.textContent = "Reported"
  mark.title = `Reported ${shortTime(new Date(item.reported_at))}`
}

/** @param {HTMLElement} node @param {FeedItem} item */
export function setAuthor(node, item) {
  const author = within(node, ".author")
  const handle = within(node, ".handle")
  author.textContent = authorName(item)
  handle.textContent = `@${item.author_handle}`
  handle.href = handleHref(item.author_handle)
  handle.title = `Only posts by @${item.author_handle}`
}

/** @param {HTMLElement} node @param {FeedItem} item */
export function setText(node, item) {
  const empty = !item.body_text?.trim()
  node.classList.toggle("no-text", empty)
  if (empty) node.textContent = "No text was captured."
  else node.replaceChildren(...postText(item.body_text))
}

/** @param {HTMLElement} node @param {FeedItem} item */
function setReason(node, item) {
  node.classList.toggle("is-significant", item.is_significant)
  const reason = within(node, ".reason")
  reason.hidden = !item.is_significant
  reason.lastElementChild.textContent = item.significance_reason?.trim() || "No reason was recorded."
}
