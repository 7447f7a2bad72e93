/**
 * Walks along the observations, by pointer and by arrow keys; `show` draws where it stands.
 * @param {HTMLElement} slider
 * @param {number} count
 * @param {(x: number) => number} nearest the observation at a place of the picture
 * @param {(at: number) => string} show says the observation in words
 */
export function stepper(slider, count, nearest, show) {
  let at = count - 1
  const stand = (/** @type {number} */ next) => {
    at = Math.min(Math.max(next, 0), count - 1)
    slider.ariaValueNow = String(at + 1)
    slider.ariaValueText = `${at + 1} of ${count}: ${show(at)}`
  }
  const keys = {
    ArrowLeft: () => at - 1,
    ArrowDown: () => at - 1,
    ArrowRight: () => at + 1,
    ArrowUp: () => at + 1,
    Home: () => 0,
    End: () => count - 1,
  }
  slider.ariaValueMin = "1"
  slider.ariaValueMax = String(count)
  slider.onkeydown = (event) => {
    const next = Object.hasOwn(keys, event.key) ? keys[/** @type {keyof typeof keys} */ (event.key)]() : null
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    stand(next)
  }
  slider.onpointermove = slider.onpointerdown = (event) => stand(nearest(event.clientX - slider.getBoundingClientRect().left))
  stand(at)
}
