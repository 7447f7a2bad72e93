import { getFeed } from "../api/endpoints.js"
import { setTier } from "../card/badges.js"
import { element, icon } from "../lib/dom.js"
import { compact, rate } from "../lib/number.js"
import { oneLine } from "../lib/text/sanitize.js"

/** The posts that gain views fastest. */
export async function askMovers() {
  const { items } = await getFeed(new URLSearchParams({ sort: "velocity", limit: "8" }))
  return items.filter(({ views_per_hour: pace }) => (pace ?? 0) > 0)
}

/** @param {FeedItem[]} posts */
export function drawMovers(posts) {
  const nothing = "Nothing moves: no post gained views between its last two observations."
  if (posts.length === 0) return [element("p", { class: "panel-empty" }, nothing)]
  return [element("ol", { class: "rows", role: "list" }, ...posts.map(row))]
}

/** @param {FeedItem} post */
function row(post) {
  const tier = element("span", { class: "badge tier" }, icon("none"), element("span"))
  setTier(tier, post.watch_tier)
  return element("li", { class: "row" },
    element("a", { class: "row-main", href: `/posts/${encodeURIComponent(post.status_id)}` },
      element("span", { class: "row-head" }, element("b", { dir: "auto" }, oneLine(post.author_display, 60) || post.author_handle), tier),
      element("span", { class: "row-text", dir: "auto" }, post.body_text?.trim() || "No text was captured.")),
    element("span", { class: "row-figure", title: `${rate(post.views_per_hour ?? 0)} views an hour` },
      element("b", {}, `+${rate(post.views_per_hour ?? 0)}`),
      element("span", {}, "views/h"),
      element("small", {}, `of ${compact(post.views)}`)))
}
