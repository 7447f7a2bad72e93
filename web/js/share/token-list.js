import { getFeedTokens, revokeFeedToken } from "../api/feed-tokens.js"
import { Problem } from "../api/problem.js"
import { announce, element } from "../lib/dom.js"
import { setTime } from "../lib/time/time-node.js"
import { inWords } from "../saved/saved-view-row.js"

/**
 * The private addresses that the reader has made, each with its end.
 * @param {HTMLElement} menu they are looked up when it opens
 */
export function tokenList(menu) {
  const rows = element("ul", { class: "tokens" })
  const note = element("p", { class: "hint", role: "status" })
  const title = element("span", { id: "tokens-title" }, "Your private addresses")
  const root = element("div", { class: "share-group", role: "group", "aria-labelledby": title.id, hidden: "" }, title, rows, note)

  /** What stands there stays, so that nobody presses what has just been replaced. */
  let shown = ""
  const load = async () => {
    try {
      const { items } = await getFeedTokens()
      const ids = items.map(({ id }) => id).join()
      if (ids !== shown || rows.childElementCount !== items.length) rows.replaceChildren(...items.map((token) => row(token, load)))
      shown = ids
      note.textContent = ""
      root.hidden = items.length === 0
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      note.textContent = `Your private addresses could not be looked up. ${error.title}.`
      root.hidden = false
    }
  }
  menu.addEventListener("toggle", () => { if (menu.hasAttribute("open")) load() })
  if (menu.hasAttribute("open")) load()
  return { root, load }
}

/**
 * @param {FeedToken} token
 * @param {() => Promise<void>} reload
 */
function row({ id, prefix, view, created_at: made, last_used_at: used }, reload) {
  const words = inWords(view && `?${view}`) || "All posts"
  const revoke = element("button", { class: "button", type: "button" },
    "Revoke",
    element("span", { class: "visually-hidden" }, ` the address of ${words}`))
  const facts = element("p", { class: "option-note" },
    `${prefix}… · made `, time(made), ...(used ? [" · used ", time(used)] : [" · never used"]))
  const node = element("li", {}, element("div", {}, element("p", { dir: "auto" }, words), facts), revoke)
  const label = /** @type {Text} */ (revoke.firstChild)
  revoke.addEventListener("blur", () => { label.data = "Revoke" })
  revoke.addEventListener("click", async () => {
    if (label.data === "Revoke") {
      label.data = "Revoke now"
      return announce("Whoever subscribes to it gets nothing more. Press again to revoke it.")
    }
    try {
      await revokeFeedToken(id)
      const next = node.nextElementSibling ?? node.previousElementSibling
      const focus = next?.querySelector("button") ?? node.closest("details")?.querySelector("summary")
      focus?.focus()
      node.remove()
      announce("Revoked")
      if (!next) reload()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      facts.textContent = `Not revoked. ${error.title}.`
      announce(facts.textContent)
    }
  })
  return node
}

/** @param {string} instant */
function time(instant) {
  const node = /** @type {HTMLTimeElement} */ (element("time"))
  setTime(node, instant, "short")
  return node
}
