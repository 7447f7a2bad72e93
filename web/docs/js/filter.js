/** @type {(selector: string, root?: ParentNode) => HTMLElement[]} */
const all = (selector, root = document) => Array.from(root.querySelectorAll(selector))

/**
 * Leaves only what holds every word that is typed. "/" leads to the box, Escape empties it.
 * @param {HTMLInputElement} box
 * @param {HTMLElement} found says how much is left
 */
export function filter(box, found) {
  const articles = all("article")
  const texts = new Map(articles.map((article) => [article.id, article.textContent?.toLowerCase() ?? ""]))

  const apply = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean)
    const left = new Set(articles.map(({ id }) => id).filter((id) => words.every((word) => texts.get(id)?.includes(word))))
    for (const article of articles) article.hidden = !left.has(article.id)
    for (const part of all("#group-schemas details")) part.toggleAttribute("open", words.length > 0)
    for (const entry of all("[data-for]")) entry.hidden = !left.has(entry.dataset.for ?? "")
    for (const group of all(".group, #contents-list section")) group.hidden = all("article, [data-for]", group).every((each) => each.hidden)
    scrollTo(0, 0)
    found.textContent = words.length === 0 ? "" : `${left.size} of ${articles.length}`
  }

  box.addEventListener("input", apply)
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    box.value = ""
    apply()
  })
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target === box) return
    event.preventDefault()
    box.focus()
  })
}
