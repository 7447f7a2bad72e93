import { apiBase, base } from "../../config.js"
import { reader } from "../access/reader.js"
import { toSearch } from "../address/filters.js"
import { feedQuery } from "../address/query.js"
import { countOf, countWords } from "../feed/view-count.js"
import { copyLink } from "../lib/copy-link.js"
import { announce, element, within } from "../lib/dom.js"
import { mark } from "../lib/mark.js"
import { readerZone } from "../lib/time/format.js"

const feeds = { atom: "Atom", rss: "RSS", json: "JSON Feed" }
const files = { csv: "CSV", ndjson: "JSON lines" }

/**
 * The view that is shown, as a link, as a feed and as a file.
 * @param {HTMLDetailsElement} menu
 * @param {{now: () => Filters}} address
 * @returns {() => void} points at the view that is shown by now
 */
export function shareMenu(menu, { now }) {
  const copy = element("button", { class: "option", type: "button" }, mark("link"), element("span", {}, "Copy the link"))
  const note = element("p", { class: "hint" }, "The span is counted from now; a subscription goes on from there.")
  const subscribe = links(feeds, { target: "_blank", rel: "noopener" })
  const download = links(files, { download: "" })
  copyLink(copy, () => new URL(`${base}/${toSearch(now()) || "?sort=discovered"}`, location.origin).href)
  const copyFeed = element("button", { class: "option", type: "button" }, mark("link"), element("span", {}, "Copy the feed address"))
  copyLink(copyFeed, () => subscribe[0].href)
  const subscriptions = group("Subscribe, in a feed reader", [copyFeed, ...subscribe])
  const downloads = group("Download all posts of this view", download)
  const failure = element("p", { class: "hint failure", role: "alert", hidden: "" })
  menu.append(element("div", { class: "menu-panel share-panel" }, copy, subscriptions, note, downloads, failure))
  for (const link of download) link.addEventListener("click", (event) => fetchFile(event, link, failure))

  /** @type {(() => void)|null} for a reader who signed in, whose feed reader cannot */
  let showPrivate = null
  let isPrivate = false
  const query = () => feedQuery(now(), new Date(), now().tz || readerZone).toString()
  const show = () => {
    failure.hidden = true
    if (menu.open) sayRows()
    point(isPrivate ? download : [...subscribe, ...download], query())
    note.hidden = !now().range && !now().posted_range
    if (reader.me?.signed_in) makePrivate()
    showPrivate?.()
  }
  /** @type {string|null} */
  let counted = null
  const sayRows = async () => {
    const asked = toSearch(now())
    if (counted === asked) return
    counted = asked
    const count = await countOf(now())
    if (counted !== asked) return
    within(downloads, "span").textContent = count ? `Download all ${countWords(count)} of this view` : "Download all posts of this view"
    const rows = count ? `, ${countWords(count, "row")}` : ""
    for (const link of download) link.textContent = files[/** @type {keyof typeof files} */ (link.dataset.form)] + rows
  }
  const makePrivate = async () => {
    if (isPrivate) return
    isPrivate = true
    copyFeed.remove()
    const { privateAddress } = await import("./private-address.js")
    showPrivate = privateAddress(menu, subscriptions, subscribe, { key: () => toSearch(now()), query })
  }
  for (const moment of ["pointerdown", "focusin", "toggle"]) menu.addEventListener(moment, show)
  show()
  return show
}

/**
 * @param {Record<string, string>} forms
 * @param {Record<string, string>} how
 */
const links = (forms, how) => Object.entries(forms).map(([form, name]) =>
  /** @type {HTMLAnchorElement} */ (element("a", { class: "button", "data-form": form, ...how }, name)))

/**
 * @param {string} title
 * @param {Node[]} content
 */
const group = (title, content) => element("div", { class: "share-group", role: "group", "aria-label": title },
  element("span", {}, title),
  ...content)

/**
 * A browser says nothing of a file that the server refuses, so it is asked first whether it will come.
 * @param {MouseEvent} event
 * @param {HTMLAnchorElement} link
 * @param {HTMLElement} failure
 */
async function fetchFile(event, link, failure) {
  if (link.dataset.good === link.href) return void delete link.dataset.good
  event.preventDefault()
  failure.hidden = true
  try {
    // @ts-ignore Debian's TypeScript does not know `timeout` yet.
    const { ok, status } = await fetch(link.href, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(20_000) })
    if (!ok) throw new Refusal(reasons[status] ?? `The server answered ${status}.`)
    link.dataset.good = link.href
    link.click()
  } catch (error) {
    const reason = error instanceof Refusal ? error.message : "The server cannot be reached."
    failure.textContent = `Not downloaded. ${reason} Press again to retry.`
    failure.hidden = false
    announce(failure.textContent)
  }
}

class Refusal extends Error {}

/** @type {Record<number, string>} */
const reasons = {
  401: "You are signed out.",
  429: "Too many requests; wait a minute.",
  503: "The server has no room for a download now.",
}

/**
 * Spans become moments now, for neither a file nor a program that subscribes knows a later one.
 * @param {HTMLAnchorElement[]} nodes
 * @param {string} query
 */
function point(nodes, query) {
  for (const node of nodes) node.href = `${apiBase}/feed.${node.dataset.form}${query ? `?${query}` : ""}`
}
