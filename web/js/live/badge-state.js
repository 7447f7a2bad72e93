/** What may be said of the page's data: never more than is known, and the worst first. @param {import("./types.js").Facts} facts @returns {import("./types.js").Badge} */
export function badgeState({ now, answered, failed, online, asking, expectedAge, blindSince }) {
  if (failed && !online) return answered === null ? { kind: "offline", words: "Offline", at: null } : { kind: "offline", words: "Offline since", at: answered }
  if (failed) return answered === null ? { kind: "stale", words: "Not loaded", at: null } : { kind: "stale", words: "Stale since", at: answered }
  if (answered === null) return asking ? { kind: "loading", words: "Loading…", at: null } : { kind: "stale", words: "Not loaded", at: null }
  if (now - answered > expectedAge) return asking ? { kind: "checking", words: "Checking; as of", at: answered } : { kind: "stale", words: "Stale since", at: answered }
  if (blindSince !== null) return { kind: "blind", of: "Collection ", words: "blind since", at: blindSince }
  return { kind: "live", words: "Live, as of", at: answered }
}
