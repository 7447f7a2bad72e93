import { sortOf } from "../address/sorts.js"
import { byId, within } from "../lib/dom.js"

/** @typedef {import("../address/filter-types.js").Filters} Filters */

/** @type {Record<string, Array<keyof Filters>>} the filters that a menu stands for */
const menus = {
  time: ["range", "since", "until", "posted_range", "posted_since", "posted_until"],
  tier: ["tier"],
  handle: ["handle"],
  status: ["significant", "reported", "has_link"],
  more: ["min_likes", "min_reposts", "min_replies", "min_views", "exclude", "source_query"],
  sort: ["sort"],
}

/** Marks the menus whose filters are in use, and names the order. @param {HTMLElement} form @param {Filters} filters */
export function showInUse(form, filters) {
  for (const [menu, names] of Object.entries(menus)) {
    within(form, `[data-menu="${menu}"]`).classList.toggle("active", names.some((name) => filters[name].length > 0))
  }
  byId("sort-name").textContent = sortOf(filters.sort).name
}
