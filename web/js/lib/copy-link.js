import { announce, within } from "./dom.js"

const confirmMs = 2500

/**
 * @param {HTMLElement} button a mark and, last, its words
 * @param {() => string} address
 */
export function copyLink(button, address) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address())
      say(button, "Copied", "check")
      announce("Link copied")
    } catch {
      say(button, "Copying was not allowed", "alert")
      announce("Copying was not allowed")
    }
  })
}

/**
 * @param {HTMLElement} button
 * @param {string} words
 * @param {string} sign
 */
function say(button, words, sign) {
  const label = /** @type {HTMLElement} */ (button.lastElementChild)
  const mark = within(button, "use")
  const [before, href] = [label.textContent, mark.getAttribute("href")]
  label.textContent = words
  mark.setAttribute("href", `#i-${sign}`)
  setTimeout(() => {
    label.textContent = before
    mark.setAttribute("href", href)
  }, confirmMs)
}
