const moment = 1000

/** Which posts were truly on the screen: half of a row, or half a screen of it, for a second, while the page was looked at. */
export class Shown {
  /** @type {Set<string>} */ ids = new Set()
  /** @type {WeakMap<Element, number>} */ #timers = new WeakMap()
  #observer

  /** @param {number} edge where the bar above the posts ends */
  constructor(edge) {
    this.#observer = new IntersectionObserver((entries) => entries.forEach((entry) => this.#look(entry)), { rootMargin: `-${Math.round(edge)}px 0px 0px`, threshold: [0, 0.25, 0.5, 0.75, 1] })
  }

  /** @param {HTMLElement[]} rows some of which may be watched already */
  watch(rows) {
    for (const row of rows) if (!this.ids.has(row.dataset.id ?? "")) this.#observer.observe(row)
  }

  /** @param {IntersectionObserverEntry} entry */
  #look({ target, intersectionRatio, intersectionRect, rootBounds }) {
    const isShown = intersectionRatio >= 0.5 || intersectionRect.height >= 0.5 * (rootBounds?.height ?? Infinity)
    const timer = this.#timers.get(target)
    if (!isShown) {
      clearTimeout(timer)
      this.#timers.delete(target)
    } else if (timer === undefined) this.#wait(/** @type {HTMLElement} */ (target))
  }

  /** @param {HTMLElement} row */
  #wait(row) {
    this.#timers.set(row, setTimeout(() => {
      if (!row.isConnected) return
      if (document.hidden) return this.#wait(row)
      this.ids.add(row.dataset.id ?? "")
      this.#observer.unobserve(row)
    }, moment))
  }
}
