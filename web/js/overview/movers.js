import { base } from "../../config.js"
import { getFeed } from "../api/endpoints.js"
import { pacePast, setTier } from "../card/badges.js"
import { element, icon } from "../lib/dom.js"
import { compact, rate } from "../lib/number.js"
import { oneLine, plain } from "../lib/text/sanitize.js"
import { dayWithYear } from "../lib/time/format.js"

/** The posts that gain views fastest, and those that once did. */
export async function askMovers() {
  const { items } = await getFeed(new URLSearchParams({ sort: "velocity", limit: "8", curve: "true" }))
  return items.filter(({ views_per_hour: pace }) => (pace ?? 0) > 0)
}

/** @param {FeedItem[]} posts */
export function drawMovers(posts) {
  const nothing = "Nothing moves: no post gained views when it was last observed."
  if (posts.length === 0) return [element("p", { class: "panel-empty" }, nothing)]
  const [now, before] = [posts.filter((post) => !pacePast(post)), posts.filter(pacePast)]
  const still = "Nothing moves: none of the fastest posts was observed in the last 48 hours. These moved before:"
  return [
    ...(now.length > 0 ? [] : [element("p", { class: "panel-small" }, still)]),
    element("ol", { class: "rows", role: "list" }, ...[...now, ...before].map(row)),
    element("p", { class: "panel-small" }, element("a", { href: `${base}/?sort=velocity` }, "All, the fastest first")),
  ]
}

/** @param {FeedItem} post */
function row(post) {
  const tier = element("span", { class: "badge tier" }, icon("none"), element("span"))
  setTier(tier, post.watch_tier)
  const past = pacePast(post)
  return element("li", { class: past ? "row past" : "row" },
    element("a", { class: "row-main", href: `${base}/posts/${encodeURIComponent(post.status_id)}` },
      element("span", { class: "row-head" }, element("b", { dir: "auto" }, oneLine(post.author_display, 60) || post.author_handle), tier),
      element("span", { class: "row-text", dir: "auto" }, plain(post.body_text).trim() || "No text was captured.")),
    element("span", { class: "row-figure", title: `${rate(post.views_per_hour ?? 0)} views an hour` },
      element("b", {}, `+${rate(post.views_per_hour ?? 0)}`),
      element("span", {}, "views/h"),
      element("small", {}, past ? `on ${dayWithYear(past)}` : `of ${compact(post.views)}`)))
}
