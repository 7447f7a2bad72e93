import { base } from "../config.js"
import { reader } from "./access/reader.js"
import { toSearch } from "./address/filters.js"
import { catchUp } from "./catch-up/begin.js"
import { FeedView } from "./feed/feed-view.js"
import { movement } from "./feed/movement.js"
import { filterBar } from "./filters/filter-bar.js"
import { helpSheet, shortcuts } from "./keyboard/shortcuts.js"
import { byId, setTitle, within } from "./lib/dom.js"
import { fetchParts, late, lazyPanels } from "./lib/late.js"
import { store } from "./lib/store.js"
import { showAllTimes } from "./lib/time/time-node.js"
import { FreshnessBadge } from "./live/freshness-badge.js"
import { Live } from "./live/live.js"
import { appLinks, wholeCardClicks } from "./page/links.js"
import { loadSummary } from "./page/summary-strip.js"
import { OpenPost } from "./post/open-post.js"
import { goHome } from "./view/history-entries.js"
import { Pages } from "./view/pages.js"

const feed = new FeedView()
const cards = movement(feed)
/** @type {OpenPost} */
const drawer = new OpenPost({ leave: () => pages.closePost(), step: (by) => pages.step(by) })
/** @type {Address} */
const address = {
  now: () => pages.filters,
  go: (href, options) => pages.go(href, options),
  apply: (filters, options) => pages.apply(filters, options),
}
const bar = filterBar(address, feed)
/** @type {Pages} */
const pages = new Pages(feed, drawer, {
  bar,
  zone: () => showZone(),
  back: (id) => cards.focus(id) || byId("feed").focus({ preventScroll: true }),
})
const help = helpSheet()
const overTime = byId("over-time")
/** @type {Live} */
const live = new Live(feed, drawer, {
  badge: new FreshnessBadge(byId("freshness")),
  trouble: late(() => import("./live/trouble.js").then(({ trouble }) => trouble(() => live.check({ aloud: true })))),
})

const copy = late(() => import("./keyboard/copy-post.js"))
const move = (/** @type {1|-1} */ by) => (drawer.id !== null ? pages.step(by) : cards.move(by))
shortcuts({
  j: () => move(1),
  k: () => move(-1),
  o: () => drawer.id === null && cards.open(),
  ".": () => (byId("news").firstElementChild ?? byId("refresh")).click(),
  v: () => within(drawer.id === null ? cards.current() : byId("drawer"), ".on-x, .outlink")?.click(),
  y: () => copy().then(({ copyPost }) => copyPost(drawer.id ?? cards.current()?.dataset.id)),
  "g h": () => pages.go(`${base}/`),
  "g o": () => location.assign(`${base}/overview.html`),
  "/": () => !drawer.isModal && bar.focus(),
  "?": help.open,
  Escape: () => drawer.id !== null && !drawer.isModal && pages.closePost(),
})
lazyPanels(byId("display"), () => import("./page/display-panel.js").then(({ displayPanel }) => () => displayPanel(byId("display"))))
const chooseZone = (/** @type {string} */ tz) => pages.go(location.pathname + toSearch({ ...pages.filters, tz }), { replace: true })
const zone = byId("zone")
const showZone = lazyPanels(zone, () => import("./page/zone-menu.js").then(({ zoneMenu }) => () => zoneMenu(zone, chooseZone)))
catchUp(feed, cards)
const chart = () => import("./timeline/timeline-panel.js").then(({ timelineAbove }) => timelineAbove(overTime, address, feed))
lazyPanels(overTime, chart, "The chart")
overTime.open ||= store.get("timeline") === "open"
appLinks((href) => pages.go(href))
wholeCardClicks(byId("posts"))
byId("refresh").addEventListener("click", () => live.check({ aloud: true }))
setInterval(showAllTimes, 30_000)
document.addEventListener("visibilitychange", () => setTitle({}))

if (location.search.includes("sign_in=")) (await import("./access/sign-in.js")).resume()
goHome()
live.start()
pages.start().finally(fetchParts)
reader.ask()
loadSummary()
