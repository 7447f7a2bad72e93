/** Does something as soon as somebody points at a part of the page or moves to it. @param {HTMLElement} root @param {() => void} prepare */
export function ahead(root, prepare) {
  for (const sign of ["pointerover", "focusin"]) root.addEventListener(sign, prepare, { once: true })
}
