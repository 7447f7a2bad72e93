import { Problem } from "../api/problem.js"
import { element } from "../lib/dom.js"

/** After the first sentence; ten seconds in all. */
const offerWaysMs = 6000

/** What the reader ended is no fault of the server. */
export const stopped = () => new Problem({ status: 0, title: "You stopped it", detail: "The server had not answered yet." })

/**
 * Says above the skeleton that the posts are still on their way, and offers to end that once it takes long.
 * @param {HTMLElement} root
 * @param {{stop: () => void, again: () => void}} ways
 */
export function sayWaiting(root, ways) {
  const line = element("p", { class: "waiting", role: "status" }, "Still loading…")
  root.prepend(line)
  setTimeout(() => {
    if (!line.isConnected) return
    line.replaceChildren("Still loading, and the server has not answered yet.", button("Try again", ways.again), button("Stop", ways.stop))
  }, offerWaysMs)
}

/**
 * @param {string} label
 * @param {() => void} run
 */
function button(label, run) {
  const node = element("button", { class: "button", type: "button" }, label)
  node.addEventListener("click", run)
  return node
}
