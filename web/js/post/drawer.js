import { getPost } from "../api/late-endpoints.js"
import { Problem } from "../api/problem.js"
import { authorName } from "../card/card.js"
import { byId, frame, setTitle } from "../lib/dom.js"
import { plain } from "../lib/text/sanitize.js"
import { drawerLayout } from "./detail-layout.js"
import { addFailure, addHistory, addKnown, addProvenance, detail, renew } from "./detail.js"
import { dock } from "./dock.js"
import { postState } from "./post-states.js"

const renewAfterMs = 700

/** One open post: beside the feed, over it, or as a page of its own on a phone. */
export class Drawer {
  /** @type {string|null} */ id = null
  #dialog = /** @type {HTMLDialogElement} */ (byId("drawer"))
  #dock = dock(this.#dialog, () => { if (this.id !== null) this.#leave() })
  #leave
  #step
  /** @type {FeedItem|null} what is known of the open post */ #known = null
  /** @type {AbortController|null} */ #request = null
  #renewTimer = 0

  /** @param {{leave: () => void, step: (by: 1|-1) => void}} ways */
  constructor({ leave, step }) {
    this.#leave = leave
    this.#step = step
    this.#dialog.replaceChildren(...drawerLayout())
    this.#dialog.querySelector("[data-close]")?.addEventListener("click", leave)
    for (const button of this.#buttons) button.addEventListener(
      "click",
      () => this.#step(/** @type {1|-1} */ (Number(button.dataset.step))),
    )
  }

  get hasFocus() { return this.#dialog.contains(document.activeElement) }

  /**
   * Shows what is known before it opens, so that the page is laid out once.
   * @param {string} id
   * @param {FeedItem|null} known from the feed, to have something at once
   */
  open(id, known) {
    if (this.id === id) return
    const takeFocus = this.id === null || this.hasFocus
    this.id = id
    this.#known = known
    this.#load(id, takeFocus)
    if (!this.#dialog.open) this.#dock.open()
  }

  close() {
    if (this.id === null) return
    this.#request?.abort()
    this.id = null
    this.#dock.close()
  }

  /**
   * @param {number} at position in the view, or -1
   * @param {number} count
   * @param {boolean} more
   * @param {string} total of the view, once it was counted
   */
  setPlace(at, count, more, total) {
    const place = /** @type {HTMLElement} */ (this.#dialog.querySelector(".drawer-place"))
    place.textContent = at < 0 ? "" : `${at + 1} of ${total || `${count}${more ? "+" : ""}`}`
    const [newer, older] = this.#buttons
    newer.ariaDisabled = String(at <= 0)
    older.ariaDisabled = String(at < 0 || (at >= count - 1 && !more))
  }

  /** Draws the open post anew, as after a change of zone. */
  redraw() {
    if (this.id !== null) this.#load(this.id, false)
  }

  /** Numbers, report and texts of the open post as they are now; the reader's place in it stays. */
  update() {
    clearTimeout(this.#renewTimer)
    this.#renewTimer = setTimeout(() => this.#renew(), renewAfterMs)
  }

  async #renew() {
    const { id } = this
    const shown = /** @type {HTMLElement|null} */ (this.#body.querySelector(".detail"))
    const signal = this.#request?.signal
    if (id === null || !shown || !signal || this.#dialog.ariaBusy === "true") return
    try {
      const full = await getPost(id, signal)
      if (!signal.aborted && shown.isConnected) renew(shown, full, signal)
    } catch (error) {
      if (!signal.aborted && !(error instanceof Problem)) throw error
    }
  }

  get #buttons() { return /** @type {HTMLElement[]} */ ([...this.#dialog.querySelectorAll("[data-step]")]) }
  get #content() { return /** @type {HTMLElement} */ (this.#body.firstElementChild) }
  get #body() { return /** @type {HTMLElement} */ (this.#dialog.querySelector(".drawer-body")) }

  /**
   * What is known stands from the first moment on, and stays when there is no answer.
   * @param {string} id
   * @param {boolean} takeFocus
   */
  async #load(id, takeFocus) {
    const known = this.#known
    this.#request?.abort()
    const { signal } = (this.#request = new AbortController())
    this.#dialog.ariaBusy = "true"
    const asked = getPost(id, signal)
    if (known) this.#show(detail(known), takeFocus)
    try {
      if (known && !(await Promise.race([asked, frame().then(frame)])) && !signal.aborted) addKnown(this.#content, known)
      const full = await asked
      if (!signal.aborted) this.#known = full.post
      if (signal.aborted) return
      if (!known) this.#show(detail(full.post), takeFocus)
      setTitle({ post: `${authorName(full.post)}: ${plain(full.post.body_text).slice(0, 60)}` })
      addHistory(this.#content, full)
      addProvenance(this.#content, full.post, signal)
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof Problem)) throw error
      const retry = () => this.#load(id, true)
      if (known && !error.isFinal) addFailure(this.#content, known, error, retry)
      else this.#fail(error, retry, takeFocus)
    }
    this.#dialog.ariaBusy = "false"
  }

  /**
   * @param {Problem} problem
   * @param {() => void} retry
   * @param {boolean} takeFocus
   */
  #fail(problem, retry, takeFocus) {
    this.#show(postState(problem, { retry, close: this.#leave }), takeFocus)
    setTitle({ post: "Post not shown" })
  }

  #show(/** @type {HTMLElement} */ content, /** @type {boolean} */ takeFocus) {
    this.#body.replaceChildren(content)
    if (!this.#dialog.open) this.#dock.open()
    this.#body.scrollTop = 0
    if (takeFocus) byId("drawer-title")?.focus({ preventScroll: true })
  }
}
