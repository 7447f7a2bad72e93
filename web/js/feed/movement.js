import { within } from "../page/dom.js"

/**
 * Moving from post to post. The position is the card that has focus; without one, the first card in sight.
 * @param {import("./feed-view.js").FeedView} view
 */
export function movement(view) {
  /** @type {string|null} */
  let last = null
  const current = () => /** @type {HTMLElement|null} */ (document.activeElement?.closest(".post") ?? null) ?? (last ? view.list.card(last) : null)

  return {
    /** @param {1|-1} step */
    async move(step) {
      const cards = view.list.cards
      const from = current()
      const at = from ? cards.indexOf(from) + step : cards.findIndex((card) => card.getBoundingClientRect().top >= view.edge - 8)
      if (at >= cards.length && view.feed?.more) await view.loadOlder().catch(() => {})
      this.focus(view.list.cards[Math.max(0, at)]?.dataset.id)
    },
    /** @param {string|null|undefined} id */
    focus(id) {
      const card = id ? view.list.card(id) : null
      if (!card) return false
      last = id ?? null
      within(card, ".open").focus({ preventScroll: true })
      card.scrollIntoView({ block: "nearest" })
      return true
    },
    open() {
      within(current(), ".open")?.click()
    },
  }
}
