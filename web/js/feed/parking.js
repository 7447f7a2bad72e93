const nearPixels = 2500

/** @param {HTMLElement} row */
const isAsleep = (row) => !row.hasChildNodes()

/**
 * Keeps a long list small: a row far from the screen gives its card up and keeps its height, and gets a new card when it comes near.
 * What has focus stays.
 */
export class Parking {
  #maxCards
  #cardsPerFrame
  #make
  /** @type {HTMLElement[]} from the top down */ #rows = []
  /** @type {Set<HTMLElement>} rows with a card */ #awake = new Set()
  #isPlanned = false
  /** Rows near the screen lacked their cards in this frame: it is taken. */ isBehind = false

  /**
   * @param {number} maxCards so many rows keep their cards wherever they are
   * @param {number} cardsPerFrame so many cards are made in one frame
   * @param {(row: HTMLElement) => Node} make the card of a row
   */
  constructor(maxCards, cardsPerFrame, make) {
    this.#maxCards = maxCards
    this.#cardsPerFrame = cardsPerFrame
    this.#make = make
    for (const sign of ["scroll", "resize"]) addEventListener(sign, () => this.#plan(), { passive: true })
    addEventListener("beforeprint", () => this.#rows.forEach((row) => this.wake(row)))
  }

  /** @param {HTMLElement[]} rows all rows there are now, from the top down */
  watch(rows) {
    this.#rows = rows
    this.#awake = new Set(rows.filter((row) => !isAsleep(row)))
    this.#plan()
  }

  /** @param {HTMLElement} row */
  wake(row) {
    if (!isAsleep(row)) return
    row.append(this.#make(row))
    row.style.blockSize = ""
    this.#awake.add(row)
  }

  /** In the next frame. */
  #plan() {
    if (this.#isPlanned) return
    this.#isPlanned = true
    requestAnimationFrame(() => {
      this.#isPlanned = false
      this.#rows = this.#rows.filter((row) => row.isConnected)
      this.#look()
    })
  }

  /** A few cards, those on the screen first; once none is missing there, far ones go. */
  #look() {
    const close = this.#rowsBetween(-nearPixels, innerHeight + nearPixels)
    const seen = this.#rowsBetween(0, innerHeight).filter(isAsleep)
    const missing = [...new Set([...seen, ...close.filter(isAsleep)])]
    if (seen.length === 0) this.#park(close)
    for (const row of missing.slice(0, this.#cardsPerFrame)) this.wake(row)
    this.isBehind = missing.length > 0
    if (this.isBehind) this.#plan()
  }

  /**
   * @param {number} top
   * @param {number} bottom heights on the screen
   */
  #rowsBetween(top, bottom) {
    return this.#rows.slice(this.#firstBelow(top), this.#firstBelow(bottom) + 1)
  }

  /**
   * All but some rows, if there are too many.
   * @param {HTMLElement[]} but
   */
  #park(but) {
    if (this.#rows.length <= this.#maxCards) return
    const stay = new Set(but)
    const rows = [...this.#awake].filter((row) => !stay.has(row) && !row.contains(document.activeElement))
    const heights = rows.map((row) => row.getBoundingClientRect().height)
    for (const [index, row] of rows.entries()) {
      row.style.blockSize = `${heights[index]}px`
      row.replaceChildren()
      this.#awake.delete(row)
    }
  }

  /**
   * The first row whose end is below a height on the screen; they stand one below the other.
   * @param {number} y
   * @returns {number} its index
   */
  #firstBelow(y) {
    let [low, high] = [0, this.#rows.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#rows[middle].getBoundingClientRect().bottom < y) low = middle + 1
      else high = middle
    }
    return low
  }
}
