import { handleHref, shareHref } from "../address/hrefs.js"
import { authorName, setAuthor, setText } from "../feed/card.js"
import { setTier } from "../feed/tier.js"
import { counted } from "../number.js"
import { paintAvatar } from "../page/avatar.js"
import { fromTemplate } from "../page/dom.js"
import { safeURL } from "../text/safe-url.js"
import { shortTime } from "../time/format.js"
import { copyLink } from "./copy-link.js"
import { facts } from "./facts.js"
import { fillObservations } from "./observations.js"
import { tiles } from "./tiles.js"

/** @typedef {import("../api/types.js").FeedItem} FeedItem @typedef {import("../api/types.js").PostDetail} PostDetail */

/** The post as the feed knows it; the rest follows with `addHistory`. @param {FeedItem} post @returns {HTMLElement} */
export function detail(post) {
  const node = fromTemplate("detail-template")
  paintAvatar(node.querySelector(".avatar"), post.author_handle, authorName(post))
  setAuthor(node, post)
  node.querySelector(".handle").href = handleHref(post.author_handle)
  setTier(node.querySelector(".tier"), post.watch_tier)
  setText(node.querySelector(".post-text"), post)
  const href = safeURL(post.url)
  const out = node.querySelector(".outlink")
  if (href) out.href = href
  else out.remove()
  copyLink(node.querySelector("[data-copy]"), shareHref(post.status_id))
  node.querySelector(".facts").replaceChildren(...facts(post, null))
  node.querySelector(".tiles").replaceChildren(...tiles(post, []))
  node.querySelector(".table-scroll").hidden = true
  return node
}

/** @param {HTMLElement} node from `detail` @param {PostDetail} full */
export function addHistory(node, { post, snapshots, report }) {
  const ordered = snapshots.toSorted((a, b) => Date.parse(a.snapshot_at) - Date.parse(b.snapshot_at))
  node.querySelector(".facts")?.replaceChildren(...facts(post, report))
  node.querySelector(".tiles")?.replaceChildren(...tiles(post, ordered))
  const axis = /** @type {HTMLElement} */ (node.querySelector(".axis"))
  axis.textContent = span(ordered)
  const scroll = /** @type {HTMLElement} */ (node.querySelector(".table-scroll"))
  scroll.hidden = ordered.length === 0
  fillObservations(/** @type {HTMLTableElement} */ (scroll.firstElementChild), ordered)
}

/** @param {PostDetail["snapshots"]} ordered */
function span(ordered) {
  const [first, last] = [ordered[0], ordered.at(-1)]
  if (!first || !last) return "No observations were kept."
  const from = shortTime(new Date(first.snapshot_at))
  if (ordered.length === 1) return `One observation, ${from}. A curve needs a second one.`
  return `${counted(ordered.length, "observation")} from ${from} to ${shortTime(new Date(last.snapshot_at))}`
}
