const wide = matchMedia("(min-width: 80rem)")

/**
 * A dialog that stands beside the feed where there is room, and covers it where there is none.
 * @param {HTMLDialogElement} dialog
 * @param {() => void} dismissed closed by the browser: Esc, a back gesture
 */
export function dock(dialog, dismissed) {
  const open = () => {
    document.documentElement.classList.toggle("docked", wide.matches)
    if (wide.matches) dialog.show()
    else dialog.showModal()
  }
  const close = () => {
    dialog.close()
    document.documentElement.classList.remove("docked")
  }
  wide.addEventListener("change", () => {
    // A sheet of paper is narrower than the window that it is printed from.
    if (!dialog.open || matchMedia("print").matches || dialog.matches(":modal") !== wide.matches) return
    close()
    open()
  })
  dialog.addEventListener("close", () => { if (!dialog.open) dismissed() })
  dialog.addEventListener("click", (event) => { if (event.target === dialog && !wide.matches) dismissed() })
  return { open, close }
}
