import { style } from "../lib/dom.js"

/**
 * Marks in the texts of the posts what was searched for. Nothing is added to the document: the texts stay as they are, for copying and
 * for whoever hears them.
 */
export class Hits {
  #root
  #q = ""
  #marks = typeof Highlight === "function" ? new Highlight() : null
  #isAsked = false

  /** @param {HTMLElement} root of the posts, which come and go */
  constructor(root) {
    this.#root = root
    if (!this.#marks) return
    CSS.highlights.set("hits", this.#marks)
    new MutationObserver(() => this.#ask()).observe(root, { childList: true, subtree: true })
  }

  /** @param {string} q as it is searched for: a part of the text, in upper or lower case */
  show(q) {
    if (q === this.#q) return
    this.#q = q
    if (q !== "") style("/css/parts/hits.css").catch(() => {}) // a look that is missing hides nothing
    this.#ask()
  }

  #ask() {
    if (this.#isAsked || (this.#q === "" && !this.#marks?.size)) return
    this.#isAsked = true
    requestAnimationFrame(() => {
      this.#isAsked = false
      this.#marks?.clear()
      if (this.#q === "") return
      const pattern = new RegExp(this.#q.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&"), "giu")
      for (const text of this.#root.querySelectorAll(".post-text")) for (const range of found(text, pattern)) this.#marks?.add(range)
    })
  }
}

/**
 * @param {Element} root
 * @param {RegExp} pattern
 * @returns {Generator<Range, void, void>} of what fits, also where a link begins or ends within it
 */
function* found(root, pattern) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  /** @type {Array<{node: Node, start: number}>} */
  const nodes = []
  let all = ""
  while (walker.nextNode()) {
    nodes.push({ node: walker.currentNode, start: all.length })
    all += walker.currentNode.textContent
  }
  for (const match of all.matchAll(pattern)) {
    const [from, to] = [match.index ?? 0, (match.index ?? 0) + match[0].length]
    const [first, last] = [nodes.findLast(({ start }) => start <= from), nodes.findLast(({ start }) => start < to)]
    if (!first || !last) continue
    const range = new Range()
    range.setStart(first.node, from - first.start)
    range.setEnd(last.node, to - last.start)
    yield range
  }
}
