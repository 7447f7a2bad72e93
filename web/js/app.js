import { FeedView } from "./feed/feed-view.js"
import { movement } from "./feed/movement.js"
import { filterBar } from "./filters/bar.js"
import { helpSheet } from "./keyboard/help.js"
import { shortcuts } from "./keyboard/shortcuts.js"
import { byId } from "./page/dom.js"
import { appLinks, wholeCardClicks } from "./page/links.js"
import { Drawer } from "./post/drawer.js"
import { detailPartsAhead } from "./post/parts.js"
import { loadSummary } from "./summary/strip.js"
import { themeSwitch } from "./theme/switch.js"
import { showAllTimes } from "./time/time-node.js"
import { zoneSwitch } from "./time/zone-switch.js"
import { Pages } from "./view/pages.js"

const feed = new FeedView()
const cards = movement(feed)
const drawer = new Drawer({ leave: () => pages.closePost(), step: (by) => pages.step(by) })
const address = { now: () => pages.filters, go: (href, options) => pages.go(href, options), apply: (filters, options) => pages.apply(filters, options) }
const bar = filterBar(address)
const pages = new Pages(feed, drawer, { bar, zone: zoneSwitch(address), back: (id) => cards.focus(id) || byId("feed").focus({ preventScroll: true }) })
const help = helpSheet()

const move = (by) => (drawer.id !== null ? pages.step(by) : cards.move(by))
shortcuts({
  j: () => move(1),
  k: () => move(-1),
  o: () => drawer.id === null && cards.open(),
  "/": () => !drawer.isModal && bar.focus(),
  "?": () => help.open(),
  Escape: () => drawer.id !== null && !drawer.isModal && pages.closePost(),
})
themeSwitch(byId("theme"))
appLinks((href) => pages.go(href))
wholeCardClicks(byId("posts"))
detailPartsAhead(byId("posts"))
byId("refresh").addEventListener("click", () => Promise.all([feed.refresh(), loadSummary()]))
setInterval(showAllTimes, 30_000)

pages.start()
loadSummary()
