import { toSearch, withChange } from "../address/filters.js"
import { feedQuery, queryWith } from "../address/query.js"
import { getFacets } from "../api/late-endpoints.js"
import { Problem } from "../api/problem.js"
import { byId, element } from "../lib/dom.js"
import { counted } from "../lib/number.js"
import { readerZone } from "../lib/time/format.js"

/**
 * On a phone the open filters take half of the screen: a button at their end says how many posts there are, and closes them.
 * @param {HTMLFormElement} form
 * @param {() => Filters} now
 * @returns {() => void} brings its number up to date
 */
export function showPostsButton(form, now) {
  const toggle = byId("filters-toggle")
  const button = element("button", { class: "button primary show-posts narrow-only", type: "button" }, "Show posts")
  byId("filter-menus").append(button)
  button.addEventListener("click", () => {
    toggle.click()
    toggle.focus()
  })
  const count = async () => {
    if (!form.classList.contains("expanded")) return
    const filters = now()
    button.textContent = "Show posts"
    const words = await wordsFor(filters)
    if (toSearch(now()) === toSearch(filters)) button.textContent = words
  }
  toggle.addEventListener("click", count)
  return count
}

/** @param {Filters} filters */
async function wordsFor(filters) {
  const query = feedQuery(withChange(filters, { sort: "" }), new Date(), filters.tz || readerZone)
  try {
    const { total, partial } = await getFacets(queryWith(query, { top: 1 }))
    return `Show ${partial ? "at least " : ""}${counted(total, "post")}`
  } catch (error) {
    if (error instanceof Problem) return "Show posts"
    throw error
  }
}
