import { base } from "../../config.js"
import { announce, element } from "../lib/dom.js"
import { duration } from "../lib/time/format.js"
import { setTime } from "../lib/time/time-node.js"

const settled = ["live", "stale", "blind", "offline"]

/** The badge beside the name: its look, its word and its time say the same. */
export class FreshnessBadge {
  #root
  #said = ""
  #shown = ""

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root
  }

  /** @param {BadgeState} badge */
  show({ kind, href, words, at }) {
    const key = `${kind} ${words} ${at}`
    if (key === this.#shown) return
    this.#shown = key
    this.#root.dataset.state = kind
    this.#root.querySelector("use")?.setAttribute("href", `#i-${kind}`)
    const text = /** @type {HTMLElement} */ (this.#root.lastElementChild)
    text.replaceChildren(href ? element("a", { href }, words) : words)
    if (at !== null) {
      const time = /** @type {HTMLTimeElement} */ (element("time"))
      setTime(time, new Date(at).toISOString(), "since")
      text.append(" ", time)
    }
    this.#tell(kind, words, text.textContent ?? "")
  }

  /**
   * A change of state is said aloud, once; that all is well at the beginning is not.
   * @param {string} kind
   * @param {string} words
   * @param {string} sentence
   */
  #tell(kind, words, sentence) {
    const key = kind === "blind" ? kind : words // its words change with every minute
    if (!settled.includes(kind) || key === this.#said) return
    if (this.#said !== "" || kind !== "live") announce(sentence)
    this.#said = key
  }
}

/**
 * What may be said of the page's data: never more than is known, and the worst first.
 * @param {BadgeFacts} facts
 * @returns {BadgeState}
 */
export function badgeState({ now, answered, failed, online, asking, expectedAge, signedOut, blindSince }) {
  const isOld = answered !== null && now - answered > expectedAge
  if (failed && !online) return { kind: "offline", words: answered === null ? "Offline" : "Offline since", at: answered }
  if (signedOut && answered !== null) return { kind: "stale", words: "Signed out; as of", at: answered }
  if (asking && !failed && answered === null) return { kind: "loading", words: "Loading…", at: null }
  if (answered === null) return { kind: "stale", words: "Not loaded", at: null }
  if (asking && !failed && isOld) return { kind: "checking", words: "Checking; as of", at: answered }
  if (failed || isOld) return { kind: "stale", words: "Stale since", at: answered }
  if (blindSince !== null) {
    return { kind: "blind", words: `No collector run for ${duration(now - blindSince)}`, at: null, href: `${base}/overview.html#runs` }
  }
  return { kind: "live", words: "Live, as of", at: answered }
}
