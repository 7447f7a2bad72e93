import { apiBase } from "/config.js"
import { reader } from "../access/reader.js"
import { toSearch } from "../address/filters.js"
import { feedQuery } from "../address/query.js"
import { copyLink } from "../lib/copy-link.js"
import { element } from "../lib/dom.js"
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
  copyLink(copy, () => new URL(`/${toSearch(now()) || "?sort=discovered"}`, location.origin).href)
  const subscriptions = group("Subscribe", subscribe)
  menu.append(element("div", { class: "menu-panel share-panel" }, copy, subscriptions, note, group("Download all of it", download)))

  /** @type {(() => void)|null} for a reader who signed in, whose feed reader cannot */
  let showPrivate = null
  let isPrivate = false
  const query = () => feedQuery(now(), new Date(), now().tz || readerZone).toString()
  const show = () => {
    point(isPrivate ? download : [...subscribe, ...download], query())
    note.hidden = !now().range && !now().posted_range
    if (reader.me?.signed_in) makePrivate()
    showPrivate?.()
  }
  const makePrivate = async () => {
    if (isPrivate) return
    isPrivate = true
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
 * Spans become moments now, for neither a file nor a program that subscribes knows a later one.
 * @param {HTMLAnchorElement[]} nodes
 * @param {string} query
 */
function point(nodes, query) {
  for (const node of nodes) node.href = `${apiBase}/feed.${node.dataset.form}${query ? `?${query}` : ""}`
}
