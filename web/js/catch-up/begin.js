import { byId } from "../lib/dom.js"
import { late } from "../lib/late.js"
import { keepMark, markKey, markOf } from "./marks.js"

const part = late(() => import("./catch-up.js"))

/**
 * Sets the first mark of a view, and fetches what it takes to catch up once something stands above a mark.
 * @param {FeedView} view
 * @param {CardMovement} cards
 */
export function catchUp(view, cards) {
  const place = byId("catch-up")
  /** @type {Promise<(taken?: boolean) => void>|null} */
  let coming = null
  view.onPosts = async (taken) => {
    const inOrder = view.list.order.day === "discovered_at"
    const newest = view.items[0]?.discovered_at
    const key = markKey(view.filters)
    const mark = markOf(key)
    if (inOrder && newest && !mark) keepMark(key, { until: [newest, new Date(Date.now() + 36e5).toISOString()].sort()[0], above: {} })
    if (!coming) {
      if (!mark || (inOrder && !(newest > mark.until))) return
      place.hidden = !inOrder
      coming = part().then(({ begin }) => begin(view, cards))
    }
    const update = await coming.catch(() => { coming = null; place.hidden = true })
    update?.(taken)
  }
}
