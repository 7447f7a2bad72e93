/** FNV-1a: small, stable, good enough to spread hues. */
function hash(/** @type {string} */ text) {
  let value = 0x811c9dc5
  for (const char of text) value = Math.imul(value ^ /** @type {number} */ (char.codePointAt(0)), 0x01000193)
  return value >>> 0
}

/**
 * The same handle always gets the same two hues; no yellow, which white letters cannot stand on.
 * @param {string} handle
 */
export function avatarLook(handle) {
  const seed = hash(handle.toLowerCase())
  return { hue: 145 + (seed % 235), turn: 15 + ((seed >>> 9) % 30) }
}

/**
 * @param {HTMLElement} node
 * @param {string} handle
 * @param {string} name
 */
export function paintAvatar(node, handle, name) {
  const look = avatarLook(handle)
  node.style.setProperty("--hue", String(look.hue))
  node.style.setProperty("--turn", String(look.turn))
  node.textContent = initial(name) || initial(handle) || "?"
}

/** @returns {string} the first letter or digit of any script */
export function initial(/** @type {string} */ text) {
  return (text.match(/[\p{L}\p{N}]/u)?.[0] ?? "").toLocaleUpperCase("en")
}
