import { reader } from "../access/reader.js"
import { getFreshness } from "../api/endpoints.js"
import { Problem } from "../api/problem.js"
import { byId } from "../lib/dom.js"
import { loadSummary } from "../page/summary-strip.js"
import { delay, expectedAge } from "./backoff.js"
import { Stream } from "./change-stream.js"
import { badgeState } from "./freshness-badge.js"

const tickMs = 5_000
const newsDelayMs = 1_500

/** Keeps the page fresh: by the stream, and by polling. It rests in a hidden tab. */
export class Live {
  #view
  #drawer
  #badge
  #trouble
  #isTroubled = false
  #timer = 0
  #ticking = 0
  /** @type {Promise<unknown>|null} */ #checking = null
  /** the look that is under way was asked for by the reader */ #isAloud = false
  /** something was told that only the feed can place */ #news = false
  #stream = new Stream({
    reopened: () => this.check(),
    refused: () => { if (reader.me?.signed_in) reader.ask() },
    changed: (change) => this.#take(change),
  })
  /** @type {number|null} */ #blindSince = null

  /**
   * @param {FeedView} view
   * @param {import("../post/open-post.js").OpenPost} drawer
   * @param {object} signs
   * @param {import("./freshness-badge.js").FreshnessBadge} signs.badge
   * @param {() => Promise<ReturnType<import("./trouble.js").trouble>>} signs.trouble
   */
  constructor(view, drawer, { badge, trouble }) {
    this.#view = view
    this.#drawer = drawer
    this.#badge = badge
    this.#trouble = trouble
  }

  start() {
    this.#view.onAnswer = () => { this.#show(); this.#plan() }
    reader.changed = () => this.#meet()
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#rest() : this.#wake()))
    addEventListener("pageshow", (event) => { if (event.persisted) this.#wake() })
    addEventListener("pagehide", () => this.#rest())
    addEventListener("online", () => this.check())
    addEventListener("offline", () => this.check())
    if (!document.hidden) this.#wake()
    this.#lookAtCollection()
  }

  /**
   * Looks now. Who looks twice at once looks once; what the reader asks for during a look of the page's own comes after it.
   * @param {{aloud?: boolean}} how
   * @returns {Promise<unknown>|null}
   */
  check({ aloud = false } = {}) {
    clearTimeout(this.#timer)
    this.#news = false
    if (reader.isShut) return null
    if (this.#checking && aloud && !this.#isAloud) return this.#checking.then(() => this.check({ aloud }))
    if (!this.#checking) this.#isAloud = aloud
    this.#checking ??= Promise.all([this.#view.refresh({ aloud }), loadSummary(), this.#lookAtCollection()]).finally(() => {
      this.#checking = null
      if (!reader.mayRead && !this.#view.feed?.problem) reader.ask()
      this.#show()
      this.#plan()
    })
    this.#show()
    return this.#checking
  }

  /** Does a collector still look for posts? Without an answer, what was known last stands. */
  async #lookAtCollection() {
    try {
      const { status, blind_since: since } = await getFreshness()
      this.#blindSince = status === "blind" && since ? Date.parse(since) : null
      this.#show()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }

  /** Who reads is somebody else, or nobody any more. */
  #meet() {
    if (reader.isShut) {
      this.#rest()
      this.#drawer.close()
    } else if (!reader.mayRead && this.#view.feed?.loadedAt) this.check()
    this.#show()
  }

  #wake() {
    if (reader.isShut) return
    this.#ticking ||= setInterval(() => this.#tick(), tickMs)
    this.#stream.open()
    if (this.#view.feed?.loadedAt) this.check()
    else this.#show()
  }

  #rest() {
    clearInterval(this.#ticking)
    clearTimeout(this.#timer)
    this.#ticking = 0
    this.#stream.close()
  }

  /** A machine that slept wakes up with an old page and late timers. */
  #tick() {
    const answered = this.#view.feed?.loadedAt?.getTime() ?? null
    if (answered !== null && !this.#view.feed?.problem && Date.now() - answered > expectedAge(this.#stream.isOpen)) this.check()
    else this.#show()
  }

  #plan() {
    clearTimeout(this.#timer)
    const { feed } = this.#view
    if (document.hidden || reader.isShut || !feed || this.#checking) return
    const state = { failures: feed.failures, streaming: this.#stream.isOpen, retryAfter: feed.problem?.retryAfter ?? 0 }
    this.#timer = setTimeout(() => this.check(), this.#news ? newsDelayMs * (1 + Math.random()) : delay(state, Math.random()))
  }

  /** @param {StreamChange} change */
  #take(change) {
    if (change.status_id === this.#drawer.id) this.#drawer.update()
    const known = change.post !== undefined && this.#view.learn(change.post)
    if (this.#news || !(change.kind === "report" || (change.kind === "post" && !known))) return
    this.#news = true
    this.#plan()
  }

  #show() {
    const { feed } = this.#view
    if (!feed) return this.#badge.show({ kind: "stale", words: "Nothing is shown", at: null })
    const facts = {
      answered: feed.loadedAt?.getTime() ?? null,
      failed: feed.problem !== null,
      online: navigator.onLine,
      signedOut: !reader.mayRead,
      asking: this.#view.loading || this.#checking !== null,
    }
    this.#badge.show(badgeState({ ...facts, now: Date.now(), expectedAge: expectedAge(this.#stream.isOpen), blindSince: this.#blindSince }))
    const problem = feed.loadedAt ? feed.problem : null
    const sayAlone = () => { byId("trouble").textContent = problem ? `Not refreshed. ${problem.title}.` : "" }
    if (problem || this.#isTroubled) this.#trouble().then((pill) => pill.show(problem), sayAlone)
    this.#isTroubled ||= problem !== null
  }
}
