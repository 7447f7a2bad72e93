import { base } from "../../config.js"

/** localStorage that may be missing or full: a preference is never worth an exception. */
export const store = {
  /** @param {string} key */
  get(key) {
    try { return localStorage.getItem(base + key) } catch { return null }
  },
  /**
   * @param {string} key
   * @param {string|null} value
   */
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(base + key)
      else localStorage.setItem(base + key, value)
    } catch { /* forgotten at the next visit, nothing worse */ }
  },
}
