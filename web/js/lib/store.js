/** localStorage that may be missing or full: a preference is never worth an exception. */
export const store = {
  /** @param {string} key */
  get(key) {
    try { return localStorage.getItem(key) } catch { return null }
  },
  /**
   * @param {string} key
   * @param {string|null} value
   */
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(key)
      else localStorage.setItem(key, value)
    } catch { /* forgotten at the next visit, nothing worse */ }
  },
}
