import { isZone } from "../lib/time/format.js"
import { isMoment, span } from "./moment.js"

export const tierNames = { teammate: "Teammate", influencer: "Influencer", ecosystem: "Ecosystem", none: "Not watched" }

/**
 * The orders of the feed, in words; `day` is the time whose days are the headings, if it is an order of time.
 * @type {Record<string, {name: string, order: string, day: "discovered_at"|"posted_at"|null, note?: string}>}
 */
export const sorts = {
  discovered: { name: "Newest found", order: "newest found first", day: "discovered_at" },
  posted: { name: "Newest posted", order: "newest posted first", day: "posted_at" },
  likes: { name: "Most liked", order: "most liked first", day: null },
  views: { name: "Most viewed", order: "most viewed first", day: null },
  velocity: { name: "Fastest", order: "fastest spreading first", day: null, note: "views per hour" },
}

/** @type {(values: readonly string[]) => FilterKind} */
const oneOf = (values) => ({ ok: (value) => values.includes(value) })

/**
 * What a value has to be, and how it is read.
 * @type {Record<FilterKindName, FilterKind>}
 */
export const kinds = {
  span: { ok: (value) => span(value) !== null },
  moment: { ok: isMoment },
  tier: oneOf(Object.keys(tierNames)),
  handle: {
    ok: (value) => /^[@＠]*[^\s@＠]\S{0,63}$/u.test(value),
    read: (value) => value.replace(/^[@＠]+/u, "").toLowerCase(),
  },
  flag: { ok: (value) => value === "true" || value === "false" },
  count: { ok: (value) => /^\d{1,15}$/u.test(value), read: (value) => String(Number(value) || "") },
  text: { ok: () => true },
  sort: { ...oneOf(Object.keys(sorts)), read: (value) => (value === "discovered" ? "" : value) },
  zone: { ok: isZone },
}

/** @type {OneValue} */
const one = (kind, menu) => ({ kind, menu, isList: false })
/** @type {ManyValues} */
const many = (kind, menu) => ({ kind, menu, isList: true })

/**
 * The filters, in the order of the address: kind of value, menu. Parsing, query, chips and form walk this table; the words of a chip are in
 * filter-words.js, the control of a filter is in menu-contents.js.
 */
export const fields = {
  range: one("span", "time"),
  since: one("moment", "time"),
  until: one("moment", "time"),
  posted_range: one("span", "time"),
  posted_since: one("moment", "time"),
  posted_until: one("moment", "time"),
  tier: many("tier", "tier"),
  not_tier: many("tier", "tier"),
  handle: many("handle", "handle"),
  not_handle: many("handle", "handle"),
  source_query: many("text", "more"),
  significant: one("flag", "status"),
  reported: one("flag", "status"),
  has_link: one("flag", "status"),
  min_likes: one("count", "more"),
  min_reposts: one("count", "more"),
  min_replies: one("count", "more"),
  min_views: one("count", "more"),
  q: one("text", ""),
  exclude: many("text", "more"),
  sort: one("sort", "sort"),
  tz: one("zone", ""),
}

export const names = /** @type {FilterName[]} */ (Object.keys(fields))

/** @type {(name: string) => name is FilterName} */
export const isFilter = (name) => Object.hasOwn(fields, name)

/** @type {(kind: FilterKindName) => FilterName[]} */
export const namesOf = (kind) => names.filter((name) => fields[name].kind === kind)

/** @returns {Filters} */
export const noFilters = () => /** @type {any} */ (Object.fromEntries(names.map((name) => [name, fields[name].isList ? [] : ""])))

/**
 * @param {Filters} filters
 * @returns {string} "" or "?…", always in the same order, so equal filters are equal text
 */
export function toSearch(filters) {
  const params = new URLSearchParams()
  for (const name of names) for (const value of [filters[name]].flat()) if (value !== "") params.append(name, value)
  const text = params.toString()
  return text ? `?${text}` : ""
}

/**
 * @param {Filters} filters
 * @param {Partial<Filters>} change
 * @returns {Filters}
 */
export const withChange = (filters, change) => ({ ...filters, ...change })

/**
 * @param {Filters} filters
 * @returns {Filters} everything, in the same order and zone
 */
export const everything = ({ sort, tz }) => withChange(noFilters(), { sort, tz })

/**
 * Does anything narrow the feed? Order and zone do not.
 * @type {(filters: Filters) => boolean}
 */
export const isNarrow = (filters) => toSearch(withChange(filters, { sort: "", tz: "" })) !== ""

/** @param {string} sort from the address, empty for the order of discovery */
export const sortOf = (sort) => sorts[sort || "discovered"]
