import { toSearch } from "../address/filters.js"
import { style, within } from "../lib/dom.js"
import { store } from "../lib/store.js"
import { TimelineChart } from "./timeline-chart.js"

/**
 * The timeline of the view, above its posts. Open, it follows the filters and the news, and is open at the next visit; closed, it asks for
 * nothing.
 * @param {HTMLDetailsElement} root
 * @param {Address} address
 * @param {FeedView} feed
 * @returns {Promise<() => () => void>} makes it, and then brings it up to date
 */
export async function timelineAbove(root, { now, apply }, feed) {
  await Promise.all(["timeline", "chart", "table"].map((name) => style(`/css/parts/${name}.css`)))
  return () => {
    const timeline = new TimelineChart(within(root, ".timeline"), apply, true)
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
