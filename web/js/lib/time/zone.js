/** The zone all times on the page are shown in. */
export const readerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC"

let current = readerZone

export const zone = () => current

/** @param {string|null} name null means the reader's own */
export function useZone(name) {
  current = name ?? readerZone
}

/** @param {string} name @returns {boolean} */
export function isZone(name) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name })
    return !/^[+-]/u.test(name)
  } catch {
    return false
  }
}

/** @returns {string} a short name for people: "Berlin", "UTC" */
export const zoneLabel = (/** @type {string} */ name) => (name.split("/").pop() ?? name).replaceAll("_", " ")
