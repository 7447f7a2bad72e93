import { sortOf } from "../address/filters.js"
import { PostList, section } from "../feed/post-list.js"
import { element, within } from "../lib/dom.js"
import { counted, exact } from "../lib/number.js"
import { grouped } from "./groups.js"
import { alike } from "./near-duplicates.js"

/** Unseen posts in groups; what says nearly the same as a post before it in its group is folded below that one. */
export class GroupedList extends PostList {
  folds = true
  /** so many posts are folded away */ folded = 0
  #root
  #unseen
  #end
  /** @type {Map<string, HTMLElement>} by the ids of folded posts, what unfolds them */ #hiding = new Map()

  /**
   * @param {HTMLElement} root
   * @param {import("./unseen-feed.js").Unseen} unseen
   * @param {() => Node} end what stands below the last post
   */
  constructor(root, unseen, end) {
    super(root)
    this.#root = root
    this.#unseen = unseen
    this.#end = end
  }

  /** Under a day the clock is enough. */
  get cardOrder() { return { ...sortOf(""), ...(this.#unseen.by === "time" ? {} : { day: null }) } }

  /** @param {FeedItem[]} items */
  show(items) {
    super.show(items)
    this.#root.append(this.#end())
  }

  async append() {
    this.show(this.#unseen.items)
    return true
  }

  /**
   * News was asked for: it may stand anywhere, and is gone to.
   * @param {FeedItem[]} taken
   */
  prepend(taken) {
    this.show(this.#unseen.items)
    const first = /** @type {string} */ (taken.at(-1)?.status_id)
    requestAnimationFrame(() => {
      const target = within(this.card(first), ".open") ?? this.#hiding.get(first)
      target?.focus({ preventScroll: true })
      target?.scrollIntoView({ block: "center" })
    })
  }

  sections() {
    this.folded = 0
    this.#hiding.clear()
    return grouped(this.#unseen.posts, this.#unseen.by, new Date()).map(({ key, name, posts }) => {
      const node = section(key, name)
      within(node, "h2").append(" ", element("span", { class: "group-size" }, counted(posts.length, "post")))
      within(node, "ol").append(...(this.folds ? alike(posts) : posts.map((post) => [post])).flatMap((posts) => this.#kind(posts)))
      return node
    })
  }

  /** @param {FeedItem[]} posts the first, and those like it */
  #kind([first, ...others]) {
    const row = this.newRow(first)
    if (others.length === 0) return [row]
    this.folded += others.length
    const button = element("button", { class: "more", type: "button", "aria-expanded": "false" })
    for (const { status_id: id } of others) this.#hiding.set(id, button)
    const holder = element("li", { class: "alike" }, button)
    /** @type {HTMLElement[]} */
    let copies = []
    const more = exact(others.length)
    const draw = () => { button.textContent = copies.length > 0 ? `Fold ${more} like this` : `${more} more like this` }
    button.addEventListener("click", () => {
      for (const copy of copies) copy.remove()
      copies = copies.length > 0 ? [] : others.map((post) => this.newRow(post))
      for (const copy of copies) copy.classList.add("copy")
      holder.after(...copies)
      button.ariaExpanded = String(copies.length > 0)
      draw()
      this.onUnfold()
    })
    draw()
    return [row, holder]
  }

  onUnfold = () => {}
}
