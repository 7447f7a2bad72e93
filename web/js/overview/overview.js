import { base } from "../../config.js"
import { entrance, reader } from "../access/reader.js"
import { noFilters } from "../address/filters.js"
import { feedHref } from "../address/hrefs.js"
import { helpSheet, shortcuts } from "../keyboard/shortcuts.js"
import { byId } from "../lib/dom.js"
import { lazyPanels } from "../lib/late.js"
import { useZone, zone, zoneLabel } from "../lib/time/format.js"
import { showAllTimes } from "../lib/time/time-node.js"
import { wayBack } from "../lib/way-back.js"
import { badgeState, FreshnessBadge } from "../live/freshness-badge.js"
import { loadSummary } from "../page/summary-strip.js"
import { TimelineChart } from "../timeline/timeline-chart.js"
import { askAccounts, drawAccounts } from "./accounts.js"
import { askLatency, drawLatency } from "./latency.js"
import { askMovers, drawMovers } from "./movers.js"
import { askNeeds, drawNeeds } from "./needs.js"
import { panel } from "./overview-panel.js"
import { askRuns, drawRuns } from "./runs.js"
import { askWatchList, drawWatchList } from "./watch-list.js"
import { keepZone, zoneAsked } from "./zone-links.js"

useZone(zoneAsked() || null)
keepZone(byId("summary"))

const refreshMs = 60_000
const tickMs = 5_000

const timeline = new TimelineChart(byId("timeline"), (filters) => location.assign(feedHref(filters)))
const panels = [
  panel(byId("needs"), askNeeds, drawNeeds),
  panel(byId("runs"), askCollection, drawRuns),
  panel(byId("movers"), askMovers, drawMovers),
  panel(byId("accounts"), askAccounts, drawAccounts),
  panel(byId("watch-list"), askWatchList, drawWatchList),
  panel(byId("latency"), askLatency, drawLatency),
]
const help = helpSheet()
const badge = new FreshnessBadge(byId("freshness"))
/** @type {{answered: number|null, failed: boolean, asking: boolean, askAgain: boolean, next: number, blindSince: number|null}} */
const state = { answered: null, failed: false, asking: false, askAgain: false, next: 0, blindSince: null }

const show = () => badge.show(badgeState({
  ...state,
  now: Date.now(),
  online: navigator.onLine,
  expectedAge: refreshMs + tickMs + 20_000,
  signedOut: !reader.mayRead,
}))

async function askCollection() {
  const collection = await askRuns()
  const { status, blind_since: since } = collection.freshness
  state.blindSince = status === "blind" && since ? Date.parse(since) : null
  return collection
}

/** What is asked for during an attempt comes after it: the attempt may know less, or be about to fail. */
async function load() {
  if (reader.isShut) return
  if (state.asking) {
    state.askAgain = true
    return
  }
  const now = Date.now()
  state.asking = true
  state.askAgain = false
  show()
  const all = { ...noFilters(), tz: zoneAsked() }
  const [problems] = await Promise.all([Promise.all(panels.map((ask) => ask())), loadSummary(), timeline.show(all)])
  state.asking = false
  state.failed = problems.some((problem) => problem !== null)
  if (!state.failed) {
    state.answered = now
    reader.hasRead = true
  } else if (problems.some((problem) => problem?.isRefusal)) await refused()
  state.next = Date.now() + refreshMs
  show()
  if (state.askAgain) load()
}

/** @param {string} name of a zone, empty for the reader's own */
function chooseZone(name) {
  history.replaceState(history.state, "", location.pathname + (name ? `?tz=${encodeURIComponent(name)}` : ""))
  useZone(name || null)
  keepZone(byId("summary"))
  keepZone(byId("overview"))
  byId("zone-name").textContent = zoneLabel(zone())
  showZone()
  showAllTimes()
  load()
}

const isDue = () => !state.asking && Date.now() >= state.next

async function refused() {
  await reader.ask()
  if (!reader.mayRead && !reader.hasRead) byId("overview").replaceChildren(await entrance())
}

setInterval(() => {
  if (document.hidden) return
  if (isDue()) load()
  show()
}, tickMs)
setInterval(showAllTimes, 30_000)
document.addEventListener("visibilitychange", () => { if (!document.hidden && isDue()) load() })
for (const sign of ["online", "offline"]) addEventListener(sign, load)
byId("refresh").addEventListener("click", load)
reader.changed = show
if (location.search.includes("sign_in=")) (await import("../access/sign-in.js")).resume()
shortcuts({ ".": load, "g h": () => location.assign(`${base}/`), "/": () => byId("to-feed").click(), "?": () => help.open() })
wayBack(byId("to-feed"))
lazyPanels(byId("display"), () => import("../page/display-panel.js").then(({ displayPanel }) => () => displayPanel(byId("display"))))
const place = byId("zone")
const showZone = lazyPanels(place, () => import("../page/zone-menu.js").then(({ zoneMenu }) => () => zoneMenu(place, chooseZone)))
byId("zone-name").textContent = zoneLabel(zone())
load()
reader.ask()
