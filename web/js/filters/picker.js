import { tierNames } from "../address/filters.js"
import { element, icon, within } from "../lib/dom.js"
import { counted, exact } from "../lib/number.js"
import { matches } from "./matches.js"

/** @typedef {import("./matches.js").Entry} Entry */

const maxRows = 50

/** A box to type in, and below it the values that fit, the first one active; Enter or a click takes one, or gives it back. */
export class Picker {
  /** @type {Entry[]} */ #entries = []
  /** @type {readonly string[]} */ #chosen = []
  #active = -1
  #box
  #list
  #toggle
  #sign

  /**
   * @param {HTMLElement} root with a box and a list
   * @param {(value: string) => void} toggle
   */
  constructor(root, toggle) {
    this.#box = /** @type {HTMLInputElement} */ (within(root, "input"))
    this.#list = /** @type {HTMLElement} */ (within(root, "[role=listbox]"))
    this.#toggle = toggle
    this.#sign = root.dataset.sign ?? ""
    this.#box.addEventListener("input", () => { this.#active = this.#box.value.trim() === "" ? -1 : 0; this.#draw() })
    this.#box.addEventListener("keydown", (event) => this.#press(event))
    this.#box.addEventListener("blur", () => this.#move(-1))
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault()) // the box keeps the focus
    this.#list.addEventListener("click", (event) => {
      const row = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[role=option]"))
      if (row) this.#take(row)
    })
  }

  /**
   * @param {Entry[]} entries
   * @param {readonly string[]} chosen
   */
  offer(entries, chosen) {
    const known = new Set(entries.map(({ value }) => value))
    this.#entries = [...chosen.filter((value) => !known.has(value)).map((value) => ({ value, posts: null, tier: null })), ...entries]
    this.#chosen = chosen
    this.#draw()
  }

  get #rows() { return /** @type {HTMLElement[]} */ ([...this.#list.children]) }

  #draw() {
    const shown = matches(this.#entries, this.#box.value, maxRows)
    this.#list.replaceChildren(...shown.map((entry, at) => this.#row(entry, `${this.#list.id}-${at}`)))
    this.#list.hidden = shown.length === 0
    this.#box.ariaExpanded = String(shown.length > 0)
    this.#move(Math.min(this.#active, shown.length - 1))
  }

  /**
   * @param {Entry} entry
   * @param {string} id
   */
  #row({ value, posts, tier }, id) {
    const isChosen = this.#chosen.includes(value)
    const name = tierNames[/** @type {keyof typeof tierNames} */ (tier ?? "none")]
    const words = [value, ...(tier ? [name] : []), ...(posts === null ? [] : [counted(posts, "post")])].join(", ")
    const mark = icon(isChosen ? "check" : (tier ?? this.#sign))
    mark.classList.add(isChosen ? "chosen" : `tier-${tier ?? "none"}`)
    const title = tier ? `${value}, ${name}` : value
    const shown = { role: "option", class: "option", "aria-selected": String(isChosen), "aria-label": words }
    return element("li", { ...shown, id, title, "data-value": value },
      mark, element("span", { dir: "auto" }, value), element("span", { class: "count" }, posts === null ? "" : exact(posts)))
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.isComposing) return
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    const row = this.#rows[this.#active]
    if (by !== 0 && this.#rows.length > 0) {
      event.preventDefault()
      this.#move((this.#active + by + this.#rows.length + (this.#active < 0 && by < 0 ? 1 : 0)) % this.#rows.length)
    } else if (event.key === "Enter" && row) {
      event.preventDefault()
      this.#take(row)
    }
  }

  /** @param {number} to */
  #move(to) {
    this.#active = to
    for (const [at, row] of this.#rows.entries()) row.classList.toggle("active", at === to)
    const row = this.#rows[to]
    if (row) this.#box.setAttribute("aria-activedescendant", row.id)
    else this.#box.removeAttribute("aria-activedescendant")
    row?.scrollIntoView({ block: "nearest" })
  }

  /** @param {HTMLElement} row */
  #take(row) {
    this.#box.value = ""
    this.#toggle(/** @type {string} */ (row.dataset.value))
  }
}
