import { Problem } from "../api/problem.js"
import { announce, byId, element, setTitle } from "../lib/dom.js"
import { counted } from "../lib/number.js"
import { focusCard, toTop } from "./place.js"

/**
 * @param {ShownFeed} feed
 * @returns {string} what a refresh found, in words; empty for nothing
 */
const newsOf = ({ fresh, hasTurned }) =>
  (fresh.length > 0 ? counted(fresh.length, "new post") : hasTurned ? "The view has changed" : "")

/** What a refresh found is offered by a button. Nothing moves before it is pressed. */
export class News {
  #root = byId("news")
  #view

  /** @param {FeedView} view */
  constructor(view) {
    this.#view = view
  }

  hide() {
    this.#root.replaceChildren()
    setTitle({ news: 0 })
  }

  offer() {
    const { feed } = this.#view
    this.hide()
    if (!feed || newsOf(feed) === "") return
    const button = element("button", { class: "button primary", type: "button" },
      feed.fresh.length > 0 ? `Show ${newsOf(feed)}` : "Show what has changed")
    button.addEventListener("click", () => this.#take())
    this.#root.append(button)
    setTitle({ news: feed.fresh.length })
  }

  /** @param {{aloud?: boolean}} how aloud also says that there is nothing */
  async refresh({ aloud = false }) {
    const { feed, list, loading } = this.#view
    if (!feed || loading) return
    if (!feed.loadedAt) return this.#view.loadAnew()
    const before = newsOf(feed)
    try {
      const known = await feed.refresh()
      if (feed !== this.#view.feed) return
      list.update(known)
      if (feed.items.length === 0) this.#show()
      const news = newsOf(feed)
      if (news !== before) this.offer()
      if (aloud || (news !== before && news !== "")) announce(news || "No new posts")
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (aloud && feed === this.#view.feed) announce(`Not refreshed. ${error.title}`)
    }
  }

  /** On top of what is there, or the view anew where it does not go there. */
  async #take() {
    const { feed } = this.#view
    if (feed?.hasTurned) {
      await this.#view.loadAnew()
      if (feed !== this.#view.feed || feed.hasTurned) return
    } else this.#show()
    toTop()
    focusCard(this.#view.list, this.#view.items[0]?.status_id)
  }

  #show() {
    const view = this.#view
    const wasEmpty = view.items.length === 0
    const taken = view.feed?.takeFresh() ?? []
    if (wasEmpty) view.render()
    else view.list.prepend(taken)
    this.hide()
    view.onPosts(true)
  }
}
