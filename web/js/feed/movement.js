import { within } from "../lib/dom.js"

/**
 * Moves the focus from post to post, beginning with the first in sight.
 * @param {FeedView} view
 */
export function movement(view) {
  /** @type {string|null} */
  let last = null
  const current = () => /** @type {HTMLElement|null} */ (document.activeElement?.closest("li[data-id]") ?? null) ?? view.list.row(last)

  return {
    current,
    /** @param {1|-1} step */
    async move(step) {
      const { rows } = view.list
      const from = current()
      const at = from ? rows.indexOf(from) + step : rows.findIndex((row) => row.getBoundingClientRect().top >= view.edge - 8)
      if (at >= rows.length && view.feed?.more) await view.loadOlder().catch(() => {})
      this.focus(view.list.rows[Math.max(0, at)]?.dataset.id)
    },
    /** @param {string|null|undefined} id */
    focus(id) {
      const card = view.list.card(id)
      last = card ? (id ?? null) : null
      if (!card) return false
      within(card, ".open").focus({ preventScroll: true })
      card.scrollIntoView({ block: "nearest" })
      return true
    },
    open() {
      within(current(), ".open")?.click()
    },
  }
}
