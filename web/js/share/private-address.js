import { apiBase } from "../../config.js"
import { makeFeedToken } from "../api/feed-tokens.js"
import { Problem } from "../api/problem.js"
import { copyLink } from "../lib/copy-link.js"
import { announce, element } from "../lib/dom.js"
import { mark } from "../lib/mark.js"
import { tokenList } from "./token-list.js"

/**
 * A program that subscribes cannot sign in: it gets an address with a token, which shows one view and nothing else.
 * @param {HTMLElement} menu
 * @param {HTMLElement} group of the subscriptions
 * @param {HTMLAnchorElement[]} links to each form of them
 * @param {{key: () => string, query: () => string}} view that is shown: `query` counts its spans from now, `key` stays
 * @returns {() => void} follows the view that is shown by now
 */
export function privateAddress(menu, group, links, view) {
  /** @type {string|null} */
  let key = null
  const make = element("button", { class: "button", type: "button" }, "Make a private address for this view")
  const copy = element("button", { class: "option", type: "button" }, mark("link"), element("span", {}, "Copy the Atom address"))
  const note = element("p", { class: "hint" })
  const list = tokenList(menu)
  group.append(make, copy, note)
  group.after(list.root)
  copyLink(copy, () => links[0].href)

  const show = () => {
    if (key === view.key()) return
    key = view.key()
    stand("")
  }
  const stand = (/** @type {string} */ token) => {
    make.hidden = token !== ""
    copy.hidden = token === ""
    for (const link of links) {
      link.hidden = token === ""
      if (token) link.href = new URL(`${apiBase}/feed.${link.dataset.form}?token=${token}`, location.href).href
    }
    note.textContent = token
      ? "Whoever has this address reads this view, and nothing else. It is shown this once."
      : "It is for a feed reader, which cannot sign in."
  }
  make.addEventListener("click", async () => {
    if (make.ariaDisabled === "true") return
    make.ariaDisabled = "true"
    const asked = view.key()
    try {
      const made = await makeFeedToken(view.query())
      list.load()
      if (asked !== view.key()) return
      stand(made.token)
      copy.focus()
      copy.click()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      note.textContent = `No address was made. ${error.title}. ${error.detail}`
      announce(note.textContent)
    } finally {
      make.ariaDisabled = null
    }
  })
  show()
  return show
}
