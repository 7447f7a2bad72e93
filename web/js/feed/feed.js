import { queryWith } from "../address/query.js"
import { getFeed } from "../api/resources.js"

import { Problem } from "../api/problem.js"

/** @typedef {import("../api/types.js").FeedItem} FeedItem */

const patienceWithEmptyPages = 20
const pagesPerRefresh = 8

/** One view of the feed: what was asked, what came, and where it goes on. No DOM in here. */
export class Feed {
  /** @type {FeedItem[]} newest first */ items = []
  /** @type {FeedItem[]} found by a refresh, not shown yet */ fresh = []
  /** @type {Date|null} */ loadedAt = null
  /** @type {Problem|null} why the last attempt brought no answer */ problem = null
  /** attempts without an answer, in a row */ failures = 0
  #ask
  /** @type {URLSearchParams} */ #query = new URLSearchParams()
  /** @type {string|null} */ #next = null
  /** @type {Promise<FeedItem[]>|null} */ #older = null
  /** @type {Promise<FeedItem[]>|null} */ #refresh = null

  /** @param {(now: Date) => URLSearchParams} ask the question, spans resolved at the given moment */
  constructor(ask) {
    this.#ask = ask
  }

  get more() { return this.#next !== null }

  /** The first page. Later pages repeat this very question, since a cursor belongs to it. */
  load() {
    return this.#attempt(() => this.#load())
  }

  async #load() {
    const now = new Date()
    const query = this.#ask(now)
    const page = await firstFilledPage(query)
    this.#query = query
    this.items = unseen(page.items, new Set())
    this.fresh = []
    this.#next = page.next_cursor
    this.loadedAt = now
  }

  /** The next older page; two callers at once share one request. @returns {Promise<FeedItem[]>} */
  older() {
    this.#older ??= this.#loadOlder().finally(() => { this.#older = null })
    return this.#older
  }

  async #loadOlder() {
    if (this.#next === null) return []
    const page = await firstFilledPage(queryWith(this.#query, { cursor: this.#next }))
    const added = unseen(page.items, this.#ids())
    this.items.push(...added)
    this.#next = page.next_cursor
    return added
  }

  /** Looks for newer posts and newer numbers; shows nothing by itself. @returns {Promise<FeedItem[]>} posts known already, as they are now */
  refresh() {
    this.#refresh ??= this.#attempt(() => this.#loadNewer()).finally(() => { this.#refresh = null })
    return this.#refresh
  }

  async #loadNewer() {
    const now = new Date()
    const query = this.#ask(now)
    const known = new Set(this.items.map((item) => item.status_id))
    const found = []
    let page = await firstFilledPage(query)
    for (let count = 1; ; count++) {
      found.push(...page.items)
      const overlaps = page.items.some((item) => known.has(item.status_id))
      if (overlaps || page.next_cursor === null || known.size === 0 || count === pagesPerRefresh) break
      page = await firstFilledPage(queryWith(query, { cursor: page.next_cursor }))
    }
    const latest = new Map(found.map((item) => [item.status_id, item]))
    this.fresh = unseen(found, known)
    this.items = this.items.map((item) => latest.get(item.status_id) ?? item)
    this.loadedAt = now
    return found.filter((item) => known.has(item.status_id))
  }

  /** Takes the fresh posts in, on top. @returns {FeedItem[]} */
  takeFresh() {
    const taken = this.fresh
    this.items = [...taken, ...this.items]
    this.fresh = []
    return taken
  }

  /** Takes in what a post is now. @param {FeedItem} post @returns {boolean} was it known? */
  learn(post) {
    const at = this.items.findIndex((item) => item.status_id === post.status_id)
    if (at < 0) return false
    this.items[at] = post
    return true
  }

  /** Remembers how an attempt ended. @template T @param {() => Promise<T>} run */
  async #attempt(run) {
    try {
      const result = await run()
      this.problem = null
      this.failures = 0
      return result
    } catch (error) {
      if (error instanceof Problem) {
        this.problem = error
        this.failures++
      }
      throw error
    }
  }

  #ids() { return new Set([...this.items, ...this.fresh].map((item) => item.status_id)) }
}

/** A page may be empty and still go on; only a missing cursor is the end. @param {URLSearchParams} query */
async function firstFilledPage(query) {
  let page = await getFeed(query)
  for (let tries = 0; page.items.length === 0 && page.next_cursor !== null && tries < patienceWithEmptyPages; tries++) {
    query = new URLSearchParams(query)
    query.set("cursor", page.next_cursor)
    page = await getFeed(query)
  }
  return page
}

/** @param {FeedItem[]} items @param {Set<string>} seen @returns {FeedItem[]} */
function unseen(items, seen) {
  return items.filter((item) => !seen.has(item.status_id) && seen.add(item.status_id))
}
