import { toSearch } from "../address/filters.js"
import { within } from "../lib/dom.js"
import { store } from "../lib/store.js"
import { style } from "../lib/stylesheet.js"
import { Timeline } from "./timeline.js"

/**
 * The timeline of the view, above its posts. Open, it follows the filters and the news, and is open at the next visit; closed, it asks for nothing.
 * @param {HTMLDetailsElement} root @param {import("../filters/filter-bar.js").Address} address @param {import("../feed/feed-view.js").FeedView} feed
 * @returns {Promise<() => () => void>} makes it, and then brings it up to date
 */
export async function timelineAbove(root, { now, apply }, feed) {
  await Promise.all(["timeline", "chart", "table"].map((name) => style(`/css/${name}.css`)))
  return () => {
    const timeline = new Timeline(within(root, ".timeline"), apply)
    let shown = ""
    const update = () => {
      const loadedAt = feed.feed?.loadedAt
      const wanted = `${toSearch({ ...now(), sort: "" })} ${loadedAt?.getTime()}`
      if (!root.open || !loadedAt || wanted === shown) return
      shown = wanted
      timeline.show(now())
    }
    const toggled = () => {
      store.set("timeline", root.open ? "open" : null)
      update()
    }
    const others = feed.onPosts
    feed.onPosts = (taken) => { update(); others(taken) }
    root.addEventListener("toggle", toggled)
    toggled()
    return update
  }
}
