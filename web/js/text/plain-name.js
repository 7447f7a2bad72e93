/** No name is longer. */
const most = 60

/**
 * A name on one line: without line breaks, control characters and the marks that turn the direction of what follows.
 * @param {string} name @returns {string}
 */
export function plainName(name) {
  const line = name.slice(0, 4 * most).replace(/[\p{Cc}\u2028\u2029\s]+/gu, " ").replace(/[\u202a-\u202e\u2066-\u2069]/gu, "").trim()
  const letters = [...line]
  return letters.length > most ? `${letters.slice(0, most).join("")}…` : line
}
