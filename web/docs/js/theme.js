import { store } from "../../js/lib/store.js"

const dark = matchMedia("(prefers-color-scheme: dark)")

/** @returns {"light"|"dark"} what is shown now */
function shown() {
  const chosen = document.documentElement.dataset.theme
  return chosen === "light" || chosen === "dark" ? chosen : dark.matches ? "dark" : "light"
}

/** The button swaps light and dark. Choosing what the system shows anyway means following the system again. */
export function themeSwitch(/** @type {HTMLElement} */ button) {
  const label = () => { button.title = `Switch to ${shown() === "dark" ? "light" : "dark"} colours` }
  button.addEventListener("click", () => {
    const next = shown() === "dark" ? "light" : "dark"
    const followSystem = (next === "dark") === dark.matches
    if (followSystem) delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = next
    store.set("theme", followSystem ? null : next)
    label()
  })
  dark.addEventListener("change", label)
  label()
}
