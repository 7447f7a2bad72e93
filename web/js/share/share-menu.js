import { apiBase } from "/config.js"
import { toSearch } from "../address/filters.js"
import { feedQuery } from "../address/query.js"
import { copyLink } from "../lib/copy-link.js"
import { element, icon } from "../lib/dom.js"
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
  const copy = element("button", { class: "option", type: "button" }, icon("link"), element("span", {}, "Copy the link"))
  const note = element("p", { class: "hint" }, "The span is counted from now; a subscription goes on from there.")
  const subscribe = links(feeds, { target: "_blank", rel: "noopener" })
  const download = links(files, { download: "" })
  copyLink(copy, () => new URL(`/${toSearch(now()) || "?sort=discovered"}`, location.origin).href)
  menu.append(element("div", { class: "menu-panel share-panel" },
    copy,
    group("Subscribe", subscribe),
    note,
    group("Download all of it", download)))

  const show = () => {
    point([...subscribe, ...download], now())
    note.hidden = !now().range && !now().posted_range
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
 * @param {Filters} filters
 */
function point(nodes, filters) {
  const query = feedQuery(filters, new Date(), filters.tz || readerZone).toString()
  for (const node of nodes) node.href = `${apiBase}/feed.${node.dataset.form}${query ? `?${query}` : ""}`
}
