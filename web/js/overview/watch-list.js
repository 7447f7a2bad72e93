import { base } from "../../config.js"
import { getWatchAccounts } from "../api/late-endpoints.js"
import { setTier } from "../card/badges.js"
import { element, icon } from "../lib/dom.js"
import { exact } from "../lib/number.js"
import { setTime } from "../lib/time/time-node.js"

/**
 * The watch list, whoever posted last first, and who never did at the end.
 * @returns {Promise<WatchAccount[]>}
 */
export async function askWatchList() {
  const { items } = await getWatchAccounts()
  return items.toSorted((a, b) => (b.last_post_at ?? "").localeCompare(a.last_post_at ?? ""))
}

/** @param {WatchAccount[]} accounts */
export function drawWatchList(accounts) {
  if (accounts.length === 0) return [element("p", { class: "panel-empty" }, "Nobody is watched yet.")]
  const head = ["Account", "Tier", "Posts", "Last post"].map((name) => element("th", { scope: "col" }, name))
  return [element("table", { class: "watch-list" },
    element("caption", { class: "visually-hidden" }, "Watched accounts, whoever posted last first"),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...accounts.map(row)))]
}

/** @param {WatchAccount} account */
function row({ handle, tier, note, posts, last_post_at: last }) {
  const badge = element("span", { class: "badge tier" }, icon("none"), element("span"))
  setTier(badge, tier)
  return element("tr", {},
    element("th", { scope: "row" },
      element("a", { href: `${base}/?handle=${encodeURIComponent(handle.toLowerCase())}` }, `@${handle}`),
      ...(note ? [element("small", { dir: "auto" }, note)] : [])),
    element("td", {}, badge),
    element("td", {}, exact(posts)),
    element("td", {}, last ? time(last) : "None yet"))
}

function time(/** @type {string} */ instant) {
  const node = /** @type {HTMLTimeElement} */ (element("time"))
  setTime(node, instant, "dated")
  return node
}
