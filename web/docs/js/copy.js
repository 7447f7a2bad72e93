import { element } from "../../js/lib/dom.js"

const confirmMs = 2500

/** @param {() => string} text what a button puts into the clipboard */
export function copyButton(text) {
  const button = element("button", { class: "button quiet copy", type: "button" }, "Copy")
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text())
      button.textContent = "Copied"
    } catch {
      button.textContent = "Copying was not allowed"
    }
    setTimeout(() => { button.textContent = "Copy" }, confirmMs)
  })
  return button
}
