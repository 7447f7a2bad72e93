import { byId, style } from "../lib/dom.js"
import { ahead, late, missing } from "../lib/late.js"

/** @typedef {import("./drawer.js").Drawer} Drawer */

/** The post that is open. What it is shown with is fetched when the first one is opened, or a moment before. */
export class OpenPost {
  /** @type {string|null} */ id = null
  #dialog = /** @type {HTMLDialogElement} */ (byId("drawer"))
  #ways
  #fetch = late(() => Promise.all([
    import("./drawer.js"),
    style("/css/parts/detail.css"),
    style("/css/parts/chart.css"),
    style("/css/parts/drawer.css"),
    style("/css/parts/table.css"),
  ]).then(([{ Drawer }]) => (this.#drawer = new Drawer(this.#ways))))
  /** @type {Drawer|null} */ #drawer = null
  /** @type {Parameters<Drawer["setPlace"]>} */ #place = [-1, 0, false, ""]

  /** @param {{leave: () => void, step: (by: 1|-1) => void}} ways */
  constructor(ways) {
    this.#ways = ways
    ahead(byId("posts"), () => { this.#fetch().catch(() => {}) })
  }

  get isModal() { return this.#dialog.matches(":modal") }

  /**
   * @param {string} id
   * @param {FeedItem|null} known from the feed, to have something at once
   */
  async open(id, known) {
    if (this.id === id) return
    this.id = id
    const again = () => {
      if (this.id !== id) return
      this.id = null
      this.open(id, known)
    }
    const drawer = this.#drawer ?? (await this.#fetch().catch(() => null))
    if (this.id !== id) return
    if (!drawer) return missing("The post", again)
    drawer.open(id, known)
    drawer.setPlace(...this.#place)
  }

  close() {
    this.id = null
    this.#drawer?.close()
  }

  /** @type {Drawer["setPlace"]} */
  setPlace(...place) {
    this.#place = place
    this.#drawer?.setPlace(...place)
  }

  redraw() { this.#drawer?.redraw() }
  update() { this.#drawer?.update() }
}
