const sizes = { "": 1, k: 1e3, m: 1e6, b: 1e9 }

/** @param {string} text as people write it: "500", "1,200", "10k", "1.5 M" @returns {number|null} a whole number, 0 for nothing, null for what is none */
export function parseCount(text) {
  const match = /^(\d+(?:\.\d+)?)([kmb]?)$/u.exec(text.replace(/[\s,]/gu, "").toLowerCase() || "0")
  if (!match) return null
  const count = Math.round(Number(match[1]) * sizes[/** @type {keyof typeof sizes} */ (match[2])])
  return Number.isSafeInteger(count) && (match[2] !== "" || !match[1].includes(".")) ? count : null
}
