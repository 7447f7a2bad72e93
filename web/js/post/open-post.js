import { Problem } from "../api/problem.js"
import { byId, style } from "../lib/dom.js"
import { ahead } from "../lib/lazy-panels.js"
import { statePanel } from "../lib/state-panel.js"

/** @typedef {import("./drawer.js").Drawer} Drawer */

/** The post that is open. What it is shown with is fetched when the first one is opened, or a moment before. */
export class OpenPost {
  /** @type {string|null} */ id = null
  #dialog = /** @type {HTMLDialogElement} */ (byId("drawer"))
  #ways
  /** @type {Drawer|null} */ #drawer = null
  /** @type {Promise<Drawer>|null} */ #coming = null
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
    this.#dialog.ariaBusy = "true"
    try {
      const drawer = this.#drawer ?? (await this.#fetch())
      if (this.id !== id) return
      drawer.open(id, known)
      drawer.setPlace(...this.#place)
    } catch (error) {
      if (this.id === id) this.#failed(Problem.unreachable(error), id, known)
    }
  }

  close() {
    this.id = null
    if (this.#drawer) this.#drawer.close()
    else this.#dialog.close()
  }

  /** @type {Drawer["setPlace"]} */
  setPlace(...place) {
    this.#place = place
    this.#drawer?.setPlace(...place)
  }

  redraw() { this.#drawer?.redraw() }
  update() { this.#drawer?.update() }

  #fetch() {
    const styles = [
      style("/css/parts/detail.css"),
      style("/css/parts/chart.css"),
      style("/css/parts/drawer.css"),
      style("/css/parts/table.css"),
    ]
    this.#coming ??= Promise.all([import("./drawer.js"), ...styles]).then(
      ([{ Drawer }]) => (this.#drawer = new Drawer(this.#ways)),
      (error) => {
        this.#coming = null
        throw error
      },
    )
    return this.#coming
  }

  /**
   * @param {Problem} problem
   * @param {string} id
   * @param {FeedItem|null} known
   */
  #failed(problem, id, known) {
    const again = () => { this.#dialog.close(); this.id = null; this.open(id, known) }
    this.#dialog.replaceChildren(statePanel({
      kind: "error",
      title: "The post could not be shown",
      text: `${problem.title}. ${problem.detail}`,
      actions: [{ label: "Try again", run: again }, { label: "Back to the feed", run: this.#ways.leave }],
    }))
    this.#dialog.showModal()
    this.#dialog.ariaBusy = "false"
  }
}
