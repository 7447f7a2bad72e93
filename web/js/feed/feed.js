import { queryWith } from "../address/query.js"
import { getFeed } from "../api/endpoints.js"
import { Problem } from "../api/problem.js"

/**
 * Posts, and where they go on. No posts and a way on: nothing was found so far.
 * @typedef {{items: FeedItem[], next: string|null}} Stretch
 */

/** After so many pages with too few posts the reader is asked whether to go on. */
const postsPerScreen = 20
const maxEmptyPages = 10
const pagesPerRefresh = 8

/** One view of the feed: what was asked, what came, and where it goes on. No DOM in here. */
export class Feed {
  /** @type {FeedItem[]} in the order of the view */ items = []
  /** @type {FeedItem[]} found by a refresh, not shown yet */ fresh = []
  /** the view has changed in a way that posts on top do not make good: it has to be loaded anew */ hasTurned = false
  /** the last search found nothing and is not at the end */ isSearching = false
  /** @type {Date|null} */ loadedAt = null
  /** @type {Problem|null} why the last attempt brought no answer */ problem = null
  /** attempts without an answer, in a row */ failures = 0
  #ask
  /** @type {URLSearchParams} */ #query = new URLSearchParams()
  /** @type {AbortController|null} */ #loading = null
  /** @type {string|null} */ #next = null
  /** @type {Promise<FeedItem[]>|null} */ #older = null
  /** @type {Promise<FeedItem[]>|null} */ #refresh = null

  /** @param {(now: Date) => URLSearchParams} ask the question, spans resolved at the given moment */
  constructor(ask) {
    this.#ask = ask
  }

  get more() { return this.#next !== null }

  /** The beginning. Later pages repeat this very question, since a cursor belongs to it. */
  load() {
    return this.#attempt(() => this.#load())
  }

  /** @param {Problem} why what the load under way ends with */
  stop(why) { this.#loading?.abort(why) }

  async #load() {
    const { signal } = (this.#loading = new AbortController())
    const now = new Date()
    const query = this.#ask(now)
    const { items, next } = await stretch(query, null, 1, signal)
    this.#query = query
    this.items = unseen(items, new Set())
    this.fresh = []
    this.hasTurned = false
    this.#goesOn(items, next)
    this.loadedAt = now
  }

  /** The posts that follow; two callers at once share one search. */
  older() {
    this.#older ??= this.#loadOlder().finally(() => { this.#older = null })
    return this.#older
  }

  async #loadOlder() {
    if (this.#next === null) return []
    const query = this.#query
    const { items, next } = await stretch(query, this.#next)
    if (query !== this.#query) return [] // loaded anew in the meantime
    const added = unseen(items, idsOf([...this.items, ...this.fresh]))
    this.items.push(...added)
    this.#goesOn(items, next)
    return added
  }

  /**
   * @param {FeedItem[]} items
   * @param {string|null} next
   */
  #goesOn(items, next) {
    this.#next = next
    this.isSearching = items.length === 0 && next !== null
  }

  /**
   * Looks for newer posts and newer numbers; shows nothing by itself.
   * @returns {Promise<FeedItem[]>} posts known already, as they are now
   */
  refresh() {
    this.#refresh ??= this.#attempt(() => this.#loadNewer()).finally(() => { this.#refresh = null })
    return this.#refresh
  }

  async #loadNewer() {
    const now = new Date()
    const { found, meets } = await this.#look(this.#ask(now))
    const known = idsOf(this.items)
    const latest = new Map(found.map((item) => [item.status_id, item]))
    this.fresh = unseen(found, known)
    this.items = this.items.map((item) => latest.get(item.status_id) ?? item)
    this.hasTurned = !meets || !startsWith([...this.fresh, ...this.items], found)
    this.loadedAt = now
    return found.filter((item) => known.has(item.status_id))
  }

  /**
   * From the beginning as far as a post that is known.
   * @param {URLSearchParams} query
   */
  async #look(query) {
    const known = idsOf(this.items)
    const found = []
    /** @type {string|null} */
    let cursor = null
    for (let count = 0; count < pagesPerRefresh; count++) {
      /** @type {Stretch} */
      const { items, next } = await stretch(query, cursor, 1)
      found.push(...items)
      if (next === null || known.size === 0 || items.some((item) => known.has(item.status_id))) return { found, meets: true }
      cursor = next
    }
    return { found, meets: false }
  }

  /** Takes the fresh posts in, on top. */
  takeFresh() {
    const taken = this.fresh
    this.items = [...taken, ...this.items]
    this.fresh = []
    return taken
  }

  /**
   * Takes in what a post is now; its curve stays.
   * @param {FeedItem} post
   * @returns {FeedItem|null} null: it is not in this view
   */
  learn(post) {
    const at = this.items.findIndex((item) => item.status_id === post.status_id)
    return at < 0 ? null : (this.items[at] = { ...post, curve: this.items[at].curve })
  }

  /**
   * Remembers how an attempt ended.
   * @template T
   * @param {() => Promise<T>} run
   */
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
}

/** @param {FeedItem[]} items */
const idsOf = (items) => new Set(items.map((item) => item.status_id))

/**
 * @param {FeedItem[]} items
 * @param {Set<string>} seen
 */
function unseen(items, seen) {
  const ids = new Set(seen)
  return items.filter(({ status_id: id }) => !ids.has(id) && ids.add(id))
}

/**
 * @param {FeedItem[]} items
 * @param {FeedItem[]} beginning
 */
const startsWith = (items, beginning) => beginning.every((item, at) => items[at]?.status_id === item.status_id)

/**
 * The next posts of a view. A page of the API may be short, or empty, and still go on: only a missing cursor is the end.
 * @param {URLSearchParams} query
 * @param {string|null} cursor null for the beginning
 * @param {number} [enough] stops as soon as there are so many
 * @param {AbortSignal} [signal]
 * @returns {Promise<Stretch>}
 */
export async function stretch(query, cursor, enough = postsPerScreen, signal) {
  /** @type {FeedItem[]} */
  const items = []
  let next = cursor
  for (let pages = 0; pages < maxEmptyPages; pages++) {
    const page = await getFeed(queryWith(query, { curve: "true", ...(next && { cursor: next }) }), signal)
    items.push(...page.items)
    next = page.next_cursor
    if (next === null || items.length >= enough) break
  }
  return { items, next }
}
