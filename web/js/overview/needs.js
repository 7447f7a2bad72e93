import { base } from "../../config.js"
import { getFeed, getFreshness, getSummary } from "../api/endpoints.js"
import { pacePast } from "../card/badges.js"
import { element } from "../lib/dom.js"
import { counted } from "../lib/number.js"
import { ago, duration } from "../lib/time/format.js"
import { askMovers } from "./movers.js"

/**
 * @typedef {{
 *   blindSince: string|null, newestFound: string|null, unreported: number, newestUnreported: string|null, movers: FeedItem[],
 * }} Needs
 */

const toReport = "significant=true&reported=false"

/** @returns {Promise<Needs>} */
export async function askNeeds() {
  const newest = getFeed(new URLSearchParams(`${toReport}&limit=1`))
  const [freshness, summary, { items }, posts] = await Promise.all([getFreshness(), getSummary(), newest, askMovers()])
  return {
    blindSince: freshness.status === "blind" ? freshness.blind_since : null,
    newestFound: freshness.newest_discovered_at,
    unreported: summary.unreported_significant ?? 0,
    newestUnreported: items[0]?.discovered_at ?? null,
    movers: posts.filter((post) => !pacePast(post)),
  }
}

/**
 * What waits for somebody, the most urgent first: each with its age, and each a door.
 * @param {Needs} needs
 */
export function drawNeeds({ blindSince, newestFound, unreported, newestUnreported, movers }) {
  const now = new Date()
  const since = (/** @type {string|null} */ at, /** @type {string} */ words) => (at ? `${words} ${ago(new Date(at), now)}` : "")
  const rows = []
  if (blindSince) {
    const words = `No collector run for ${duration(now.getTime() - Date.parse(blindSince))}`
    rows.push(need(words, "#runs", since(newestFound, "the newest post was found"), true))
  }
  if (unreported > 0) {
    rows.push(need(`${counted(unreported, "post")} still to report`, `${base}/?${toReport}`, since(newestUnreported, "the newest found")))
  }
  if (movers.length > 0) {
    const last = movers.map(({ curve = [] }) => curve[curve.length - 1]?.at ?? "").sort().at(-1) ?? null
    const words = `${movers.length === 8 ? "8 posts or more" : counted(movers.length, "post")} moving`
    rows.push(need(words, `${base}/?sort=velocity`, since(last, "last observed")))
  }
  const nothing = "Nothing: collectors run, all that matters is reported, and nothing moves."
  if (rows.length === 0) return [element("p", { class: "panel-empty" }, nothing)]
  return [element("ul", { role: "list" }, ...rows)]
}

/**
 * @param {string} words
 * @param {string} href
 * @param {string} age
 * @param {boolean} [isUrgent]
 */
const need = (words, href, age, isUrgent = false) => element("li", { class: isUrgent ? "need urgent" : "need" },
  element("a", { href }, words), element("small", {}, age))
