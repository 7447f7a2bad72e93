import { choice, option } from "../lib/choices.js"
import { element, icon, within } from "../lib/dom.js"
import { counted, exact } from "../lib/number.js"
import { action, newWords, sinceNode } from "./catch-up-line.js"
import { ways } from "./groups.js"

/** @typedef {import("./groups.js").By} By */

/** What stands above the posts while catching up: how many there are, how they are grouped, what is folded, and the ways out. */
export class ReadingBar {
  #words = element("p", { class: "catch-up-words" })
  #groups = choice("Group by", "catch-up-by", ways, { isNamed: false })
  #fold = option("checkbox", "catch-up-fold", "fold", element("span", {}, "Fold near-duplicates"), element("span", { class: "count" }))
  #rest = element("p", { class: "catch-up-rest" })
  root

  /** @param {{group: (by: By) => void, fold: (is: boolean) => void, goOn: () => void, seen: () => void, leave: () => void}} acts */
  constructor(acts) {
    const seen = action("Mark as seen", "m", acts.seen, { sign: icon("check") })
    const leave = action("Back to the feed", "c", acts.leave)
    this.root = element("div", { class: "catch-up-bar" }, this.#words, element("div", { class: "catch-up-acts" }, seen, leave),
      element("div", { class: "catch-up-ways" }, this.#groups, this.#fold), this.#rest)
    this.#groups.addEventListener("change", (event) => acts.group(/** @type {By} */ (/** @type {HTMLInputElement} */ (event.target).value)))
    this.#fold.addEventListener("change", () => acts.fold(within(this.#fold, "input").checked))
    const on = element("button", { class: "button", type: "button" }, "Load older ones")
    on.addEventListener("click", acts.goOn)
    this.#rest.append(element("span"), " ", on)
  }

  /**
   * @param {{here: number, known: import("./catch-up-line.js").Count, until: string, by: By, folds: boolean, folded: number}} facts `here`:
   * so many were loaded
   */
  show({ here, known, until, by, folds, folded }) {
    this.#words.replaceChildren("Catching up: ", element("b", {}, newWords(known)), " since ", sinceNode(until))
    within(this.#groups, `[value="${by}"]`).checked = true
    within(this.#fold, "input").checked = folds
    within(this.#fold, ".count").textContent = folded > 0 ? `${exact(folded)} folded` : ""
    this.#rest.hidden = known.isExact && known.count === here
    within(this.#rest, "span").textContent = `These are the newest ${counted(here, "post")}. Older ones are new too.`
  }
}
