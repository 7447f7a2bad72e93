import { base } from "../../config.js"
import { getFacets } from "../api/late-endpoints.js"
import { element } from "../lib/dom.js"
import { counted, exact } from "../lib/number.js"

/** Who writes most. */
export const askAccounts = () => getFacets(new URLSearchParams({ top: "10" }))

/** @param {Facets} facets */
export function drawAccounts({ handle, partial }) {
  if (handle.top.length === 0) return [element("p", { class: "panel-empty" }, "No posts yet.")]
  const topPosts = handle.top[0].posts
  const limit = partial ? "; only the newest posts were counted" : ""
  const rest = `${counted(handle.other_values, "other account")} wrote ${counted(handle.other_posts, "post")}${limit}.`
  return [
    element("ol", { class: "rows", role: "list" }, ...handle.top.map(({ value, posts }) => element("li", { class: "row" },
      element("a", { class: "row-main", href: `${base}/?handle=${encodeURIComponent((value ?? "").toLowerCase())}` }, `@${value}`),
      meter(posts / topPosts),
      element("span", { class: "row-count" },
        exact(posts), element("span", { class: "visually-hidden" }, posts === 1 ? " post" : " posts"))))),
    element("p", { class: "panel-small" }, rest),
  ]
}

/** @param {number} share from 0 to 1 */
function meter(share) {
  const bar = element("span", { class: "meter", "aria-hidden": "true" }, element("i"))
  bar.style.setProperty("--share", String(share))
  return bar
}
