/**
 * Marks in the contents where the reader is: the last article that has begun above a third of the window.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} articles in their order
 */
export function markPlace(list, articles) {
  /** @type {Element|null} */
  let marked = null
  const look = () => {
    const here = articles.findLast((article) => !article.hidden && article.getBoundingClientRect().top < innerHeight / 3)
    const entry = here ? list.querySelector(`a[href="#${CSS.escape(here.id)}"]`) : null
    if (entry === marked) return
    marked?.removeAttribute("aria-current")
    entry?.setAttribute("aria-current", "location")
    if (entry) bringInto(list, entry)
    marked = entry
  }
  let waits = false
  addEventListener("scroll", () => {
    if (waits) return
    waits = true
    requestAnimationFrame(() => { waits = false; look() })
  }, { passive: true })
  look()
}

/**
 * Scrolls the list and nothing else: on a phone it is a part of the page.
 * @param {HTMLElement} list
 * @param {Element} entry
 */
function bringInto(list, entry) {
  const scroller = list.parentElement ?? list
  const [room, line] = [scroller.getBoundingClientRect(), entry.getBoundingClientRect()]
  if (line.top < room.top || line.bottom > room.bottom) scroller.scrollTop += line.top - room.top - room.height / 2
}
