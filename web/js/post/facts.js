import { element } from "../lib/dom.js"
import { rate } from "../lib/number.js"
import { longDuration } from "../lib/time/duration.js"
import { setTime } from "../lib/time/time-node.js"

/**
 * What is known about the post besides its text, as term and description.
 * @param {FeedItem} post
 * @param {Report|null} report
 * @returns {HTMLElement[]}
 */
export function facts(post, report) {
  return [
    fact("Significance", significance(post), post.is_significant ? "significant" : ""),
    fact("Report", reported(post, report), post.reported_at ? "reported" : ""),
    ...(post.gone_at ? [fact("At X", ["Gone from X since ", time(post.gone_at)])] : []),
    fact("Posted", post.posted_at ? [time(post.posted_at)] : ["Unknown"]),
    fact("Discovered", [time(post.discovered_at)]),
    fact("Found after", [latency(post)]),
    fact("Speed", speed(post)),
    fact("Found by", [post.source_query ? `The query “${post.source_query}”` : "Unknown"]),
  ]
}

/**
 * @param {string} name
 * @param {Array<Node|string>} content
 * @param {string} [mark]
 */
const fact = (name, content, mark = "") => element("div", mark ? { class: `is-${mark}` } : {},
  element("dt", {}, name),
  element("dd", {}, ...content))

/** @param {FeedItem} post */
function significance(post) {
  if (!post.is_significant) return ["Not marked as significant"]
  return [element("b", {}, "Significant"), note(post.significance_reason?.trim() || "No reason was recorded.")]
}

/**
 * @param {FeedItem} post
 * @param {Report|null} report
 */
function reported(post, report) {
  const at = report?.reported_at ?? post.reported_at
  if (!at) return ["Not reported yet"]
  const where = [report?.destination, report?.channel].filter(Boolean).join(" via ")
  return [
    element("b", {}, "Reported "),
    time(at),
    ...(where ? [note(`To ${where}`)] : []),
    ...(report?.summary ? [note(`“${report.summary}”`)] : []),
  ]
}

/**
 * From posting to discovery, as soon as the server has said it.
 * @param {FeedItem & {capture_latency_seconds?: number|null}} post
 */
function latency({ capture_latency_seconds: seconds }) {
  if (seconds === undefined) return "…"
  if (seconds === null) return "Unknown"
  return seconds < 1 ? "Less than a second" : longDuration(seconds * 1000)
}

/** @param {FeedItem} post */
function speed({ views_per_hour: views, likes_per_hour: likes }) {
  if (typeof views !== "number" || typeof likes !== "number") return ["Unknown; it takes two observations"]
  return [`${rate(views)} views and ${rate(likes)} likes an hour`, note("Measured over at least 15 minutes")]
}

const note = (/** @type {string} */ text) => element("span", { class: "note", dir: "auto" }, text)

function time(/** @type {string} */ instant) {
  const node = /** @type {HTMLTimeElement} */ (element("time"))
  setTime(node, instant, "exact")
  return node
}
