import { element } from "../page/dom.js"
import { duration } from "../time/relative.js"
import { setTime } from "../time/time-node.js"

/** @typedef {import("../api/types.js").FeedItem} FeedItem @typedef {import("../api/types.js").Report} Report */

/**
 * What is known about the post besides its text, as term and description.
 * @param {FeedItem} post @param {Report|null} report @returns {HTMLElement[]}
 */
export function facts(post, report) {
  return [
    fact("Significance", significance(post), post.is_significant ? "significant" : ""),
    fact("Report", reported(post, report), post.reported_at ? "reported" : ""),
    fact("Posted", post.posted_at ? [time(post.posted_at)] : ["Unknown"]),
    fact("Discovered", [time(post.discovered_at), ...latency(post)]),
  ]
}

/** @param {string} name @param {Array<Node|string>} content @param {string} [mark] */
const fact = (name, content, mark = "") => element("div", mark ? { class: `is-${mark}` } : {}, element("dt", {}, name), element("dd", {}, ...content))

/** @param {FeedItem} post */
function significance(post) {
  if (!post.is_significant) return ["Not marked as significant"]
  return [element("b", {}, "Significant"), note(post.significance_reason?.trim() || "No reason was recorded.")]
}

/** @param {FeedItem} post @param {Report|null} report */
function reported(post, report) {
  const at = report?.reported_at ?? post.reported_at
  if (!at) return ["Not reported yet"]
  const where = [report?.destination, report?.channel].filter(Boolean).join(" via ")
  return [element("b", {}, "Reported "), time(at), ...(where ? [note(`To ${where}`)] : []), ...(report?.summary ? [note(`“${report.summary}”`)] : [])]
}

/** @param {FeedItem} post */
function latency(post) {
  if (!post.posted_at) return []
  const ms = Date.parse(post.discovered_at) - Date.parse(post.posted_at)
  if (!Number.isFinite(ms) || ms < 0) return []
  return [note(ms < 1000 ? "Within a second of being posted" : `${duration(ms)} after it was posted`)]
}

const note = (/** @type {string} */ text) => element("span", { class: "note", dir: "auto" }, text)

function time(/** @type {string} */ instant) {
  const node = /** @type {HTMLTimeElement} */ (element("time"))
  setTime(node, instant, "exact")
  return node
}
