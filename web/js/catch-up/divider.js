import { returnTo } from "../feed/place.js"
import { element } from "../page/dom.js"

/**
 * The line in the feed below which everything was seen. What is being read stays where it is.
 * @param {import("../feed/feed-view.js").FeedView} view @param {string|null} until null for no line @param {() => Node} [words]
 */
export function setDivider(view, until, words = () => element("span")) {
  const { place } = view
  const first = until === null ? null : view.items.find(({ discovered_at: at }) => at <= until)
  const row = first === view.items[0] ? null : view.list.row(first?.status_id)
  const before = document.querySelector("#posts .seen-until")
  if (before && row && before.nextElementSibling === row) return before.replaceChildren(words())
  before?.remove()
  row?.before(element("li", { class: "seen-until" }, words()))
  returnTo(place, view.list.row(place.anchor))
}
