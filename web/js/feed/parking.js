const near = 2500

/**
 * Keeps a long list small: a row far from the screen gives its card up and keeps its height, and gets a new card when it comes near.
 * What has focus stays.
 */
export class Parking {
  #most
  #together
  #make
  /** @type {HTMLElement[]} from the top down */ #rows = []
  /** @type {Set<HTMLElement>} rows with a card */ #awake = new Set()
  #isPlanned = false

  /**
   * @param {number} most so many rows keep their cards wherever they are @param {number} together so many cards that nobody sees yet are made in one frame
   * @param {(row: HTMLElement) => Node} make the card of a row
   */
  constructor(most, together, make) {
    this.#most = most
    this.#together = together
    this.#make = make
    for (const sign of ["scroll", "resize"]) addEventListener(sign, () => this.#plan(), { passive: true })
    addEventListener("beforeprint", () => this.#rows.forEach((row) => this.wake(row)))
  }

  /** @param {HTMLElement[]} rows all rows there are now, from the top down */
  watch(rows) {
    this.#rows = rows
    this.#awake = new Set(rows.filter((row) => row.hasChildNodes()))
    this.#plan()
  }

  /** @param {HTMLElement} row */
  wake(row) {
    if (row.hasChildNodes()) return
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

  /** Every card that is on the screen, and some of those that nobody sees; the others in the frames to come. */
  #look() {
    const close = new Set(this.#between(-near, innerHeight + near))
    const far = this.#rows.length > this.#most ? [...this.#awake].filter((row) => !close.has(row) && !row.contains(document.activeElement)) : []
    this.#park(far)
    for (const row of this.#between(0, innerHeight)) this.wake(row)
    const asleep = [...close].filter((row) => !row.hasChildNodes())
    for (const row of asleep.slice(0, this.#together)) this.wake(row)
    if (asleep.length > this.#together) this.#plan()
  }

  /** @param {number} top @param {number} bottom heights on the screen */
  #between(top, bottom) {
    return this.#rows.slice(this.#firstBelow(top), this.#firstBelow(bottom) + 1)
  }

  /** @param {HTMLElement[]} rows */
  #park(rows) {
    const heights = rows.map((row) => row.getBoundingClientRect().height)
    for (const [index, row] of rows.entries()) {
      row.style.blockSize = `${heights[index]}px`
      row.replaceChildren()
      this.#awake.delete(row)
    }
  }

  /** The first row whose end is below a height on the screen; they stand one below the other. @param {number} y @returns {number} its index */
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
