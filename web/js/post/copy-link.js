import { announce } from "../page/announce.js"

/** @param {HTMLElement} button @param {string} address */
export function copyLink(button, address) {
  const label = /** @type {HTMLElement} */ (button.lastElementChild)
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address)
      say(label, "Copied")
    } catch {
      say(label, "Copying was not allowed")
    }
  })
}

function say(/** @type {HTMLElement} */ label, /** @type {string} */ words) {
  const before = label.textContent
  label.textContent = words
  announce(words === "Copied" ? "Link copied" : words)
  setTimeout(() => { label.textContent = before }, 2500)
}
