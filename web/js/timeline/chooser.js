/**
 * Walks along buckets and chooses a stretch of them: by pointing and dragging, or by arrow keys, Shift and Enter.
 * @param {HTMLElement} slider
 * @param {{
 *   count: number,
 *   first: number,
 *   at: (x: number) => number,
 *   show: (from: number, to: number, selecting: boolean) => string,
 *   choose: (from: number, to: number) => void,
 * }} chart
 *   `first` is where to begin; `at` is the bucket at a place of the picture; `show` draws where the reader stands and says it in words
 */
export function chooser(slider, { count, first, at, show, choose }) {
  let anchor = first
  let head = first
  let dragging = false
  const ends = () => /** @type {[number, number]} */ ([Math.min(anchor, head), Math.max(anchor, head)])
  const stand = (/** @type {number} */ next, /** @type {boolean} */ extend) => {
    head = Math.min(Math.max(next, 0), count - 1)
    if (!extend) anchor = head
    slider.ariaValueNow = String(head + 1)
    slider.ariaValueText = show(...ends(), extend)
  }
  const place = (/** @type {PointerEvent} */ event) => at(event.clientX - slider.getBoundingClientRect().left)
  const moves = {
    ArrowLeft: () => head - 1,
    ArrowRight: () => head + 1,
    ArrowDown: () => head - 1,
    ArrowUp: () => head + 1,
    PageUp: () => head + 7,
    PageDown: () => head - 7,
    Home: () => 0,
    End: () => count - 1,
  }

  slider.ariaValueMin = "1"
  slider.ariaValueMax = String(count)
  slider.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const selecting = anchor !== head || dragging
    if (Object.hasOwn(moves, event.key)) stand(moves[/** @type {keyof typeof moves} */ (event.key)](), event.shiftKey)
    else if (event.key === "Enter" || event.key === " ") choose(...ends())
    else if (event.key === "Escape" && selecting) { dragging = false; stand(head, false) }
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  slider.onpointerdown = (event) => {
    if (event.button !== 0) return
    dragging = true
    slider.setPointerCapture(event.pointerId)
    stand(place(event), false)
  }
  slider.onpointermove = (event) => stand(place(event), dragging)
  slider.onpointerup = () => {
    if (!dragging) return
    dragging = false
    choose(...ends())
  }
  slider.onpointercancel = () => { dragging = false; stand(head, false) }
  stand(head, false)
}
