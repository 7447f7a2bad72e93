const near = "2500px 0px"

/**
 * Keeps a long list small: a row far from the screen gives its card up and keeps its height, and gets a new card when it comes near.
 * What has focus stays.
 */
export class Parking {
  #most
  #make
  /** @type {Set<HTMLElement>} */ #rows = new Set()
  /** @type {Map<HTMLElement, number>} far from the screen, with a card of this height */ #far = new Map()
  #observer = new IntersectionObserver((entries) => this.#moved(entries), { rootMargin: near })

  /** @param {number} most so many rows keep their cards wherever they are @param {(row: HTMLElement) => Node} make the card of a row */
  constructor(most, make) {
    this.#most = most
    this.#make = make
    addEventListener("beforeprint", () => this.#rows.forEach((row) => this.wake(row)))
  }

  /** @param {Iterable<HTMLElement>} rows all rows there are now */
  watch(rows) {
    const now = new Set(rows)
    for (const row of this.#rows) if (!now.has(row)) this.#forget(row)
    for (const row of now) if (!this.#rows.has(row)) this.#observer.observe(row)
    this.#rows = now
    this.#park()
  }

  /** @param {HTMLElement} row */
  wake(row) {
    if (row.hasChildNodes()) return
    row.append(this.#make(row))
    row.style.blockSize = ""
  }

  /** @param {HTMLElement} row */
  #forget(row) {
    this.#observer.unobserve(row)
    this.#far.delete(row)
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #moved(entries) {
    for (const { target, isIntersecting, boundingClientRect: { height } } of entries) {
      const row = /** @type {HTMLElement} */ (target)
      if (isIntersecting) {
        this.#far.delete(row)
        this.wake(row)
      } else if (row.hasChildNodes()) this.#far.set(row, height)
    }
    this.#park()
  }

  #park() {
    if (this.#rows.size <= this.#most) return
    for (const [row, height] of this.#far) {
      if (row.contains(document.activeElement)) continue
      row.style.blockSize = `${height}px`
      row.replaceChildren()
      this.#far.delete(row)
    }
  }
}
