import { handleHref } from "../address/hrefs.js"
import { shareHref } from "../address/share-href.js"
import { getProvenance } from "../api/late-endpoints.js"
import { Problem } from "../api/problem.js"
import { paintAvatar } from "../card/avatar.js"
import { setTier } from "../card/badges.js"
import { authorName, setAuthor, setOut, setText } from "../card/card.js"
import { copyLink } from "../lib/copy-link.js"
import { element, within } from "../lib/dom.js"
import { detailLayout } from "./detail-layout.js"
import { facts } from "./facts.js"
import { showHistory } from "./history.js"
import { fillObservations } from "./observations.js"
import { changesTitle, earlierTexts, origins, originSentence } from "./provenance.js"

/**
 * The post itself; `addKnown` and then `addHistory` say more of it.
 * @param {FeedItem} post
 * @returns {HTMLElement}
 */
export function detail(post) {
  const node = /** @type {any} */ (detailLayout())
  paintAvatar(node.querySelector(".avatar"), post.author_handle, authorName(post))
  setAuthor(node, post)
  node.querySelector(".handle").href = handleHref(post.author_handle)
  setTier(node.querySelector(".tier"), post.watch_tier)
  setText(node.querySelector(".post-text"), post)
  setOut(node.querySelector(".outlink"), post)
  copyLink(node.querySelector("[data-copy]"), () => shareHref(post.status_id))
  return node
}

/**
 * What the feed knows besides.
 * @param {HTMLElement} node from `detail`
 * @param {FeedItem} post
 */
export function addKnown(node, post) {
  within(node, ".facts").replaceChildren(...facts(post, null))
  showHistory(within(node, ".history"), post, null)
}

/**
 * @param {HTMLElement} node from `detail`
 * @param {PostDetail} full
 */
export function addHistory(node, { post, snapshots, report }) {
  const ordered = snapshots.toSorted((a, b) => Date.parse(a.snapshot_at) - Date.parse(b.snapshot_at))
  within(node, ".facts").replaceChildren(...facts(post, report))
  showHistory(within(node, ".history"), post, ordered)
  fillObservations(within(node, ".observations"), ordered)
}

/**
 * What is known stays; why there is no more of it stands where the rest would.
 * @param {HTMLElement} node from `detail`
 * @param {FeedItem} post
 * @param {Problem} problem
 * @param {() => void} retry
 */
export function addFailure(node, post, problem, retry) {
  addKnown(node, post)
  for (const fact of within(node, ".facts").children) fact.hidden = fact.lastElementChild.textContent === "…"
  const again = element("button", { class: "button", type: "button" }, "Try again")
  again.addEventListener("click", retry)
  within(node, ".chart-box").hidden = within(node, ".observations").hidden = within(node, ".provenance").hidden = true
  within(node, ".history-span").replaceChildren(element("span", { class: "history-missing", role: "alert" },
    element("span", {}, element("b", {}, "Could not be loaded."), ` ${problem.title}. ${problem.detail} ${problem.requestNote}`), again))
}

/**
 * The same post a little later.
 * @param {HTMLElement} node from `detail`
 * @param {PostDetail} full
 * @param {AbortSignal} signal
 */
export function renew(node, full, signal) {
  setText(within(node, ".post-text"), full.post)
  addHistory(node, full)
  return addProvenance(node, full.post, signal)
}

/**
 * Where it all comes from, and what the text said before. Something of its own: the post is there without it.
 * @param {HTMLElement} node from `detail`
 * @param {FeedItem} post
 * @param {AbortSignal} signal
 */
export async function addProvenance(node, post, signal) {
  const section = within(node, ".provenance")
  const sentence = within(section, ".provenance-sentence")
  try {
    const provenance = await getProvenance(post.status_id, signal)
    const texts = earlierTexts(provenance, post.body_text)
    within(node, ".earlier").hidden = texts.length === 0
    within(node, ".earlier h3").textContent = changesTitle(provenance)
    within(node, ".earlier ol").replaceChildren(...texts)
    sentence.textContent = originSentence(provenance)
    within(section, "dl").replaceChildren(...origins(provenance))
  } catch (error) {
    if (signal.aborted) return
    if (!(error instanceof Problem)) throw error
    const again = element("button", { class: "button", type: "button" }, "Try again")
    again.addEventListener("click", () => addProvenance(node, post, signal))
    sentence.replaceChildren(`Could not be loaded. ${error.title}. `, again)
  }
}
