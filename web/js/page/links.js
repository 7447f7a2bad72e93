import { postIdIn } from "../address/hrefs.js"
import { byId, within } from "../lib/dom.js"

/**
 * Links within the app change the view instead of the document.
 * @param {(href: string) => void} go
 */
export function appLinks(go) {
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest?.("a[href]")
    if (!(link instanceof HTMLAnchorElement) || !plainClick(event) || link.target) return
    const url = new URL(link.href)
    if (link.getAttribute("href")?.startsWith("#")) {
      event.preventDefault()
      return byId(url.hash.slice(1))?.focus()
    }
    if (url.origin !== location.origin || !(url.pathname === "/" || postIdIn(url.pathname) !== null)) return
    event.preventDefault()
    go(url.pathname + url.search)
  })
}

/**
 * A click anywhere on a card opens it, unless it hit a link, a button, or ended a selection of text.
 * @param {HTMLElement} root
 */
export function wholeCardClicks(root) {
  root.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target)
    const card = target.closest(".post")
    if (!card || !plainClick(event) || target.closest("a, button") || getSelection()?.type === "Range") return
    within(card, ".open")?.click()
  })
}

/** A click that means "here": not a new tab, not a download, not the end of a text selection. */
function plainClick(/** @type {MouseEvent} */ event) {
  return event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
}
