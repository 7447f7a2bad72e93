import { base } from "../../config.js"
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
    if (url.origin !== location.origin || !(url.pathname === `${base}/` || postIdIn(url.pathname) !== null)) return
    event.preventDefault()
    go(url.pathname + url.search)
  })
}

/**
 * A click anywhere on a card opens it, unless it hit a link, a button, or ended a selection of text; in a tab of its own with Ctrl, Cmd or
 * the middle button.
 * @param {HTMLElement} root
 */
export function wholeCardClicks(root) {
  const open = (/** @type {MouseEvent} */ event) => {
    const target = /** @type {Element} */ (event.target)
    const link = within(target.closest(".post"), ".open")
    if (!link || target.closest("a, button") || getSelection()?.type === "Range") return
    if (plainClick(event)) link.click()
    else if (event.button === 1 || event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener")
  }
  root.addEventListener("click", open)
  root.addEventListener("auxclick", open)
}

/** A click that means "here": not a new tab, not a download, not the end of a text selection. */
function plainClick(/** @type {MouseEvent} */ event) {
  return event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
}
