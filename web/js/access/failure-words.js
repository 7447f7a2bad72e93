/**
 * Why signing in failed, by the word that the server puts into the address.
 * @type {Record<string, string>}
 */
const sentences = {
  denied: "You were not signed in: the sign-in was cancelled, or the provider refused it.",
  expired: "You were not signed in: it took too long, or was begun in another browser. Try again.",
  unavailable: "You were not signed in: the sign-in provider cannot be reached at the moment. Try again in a few minutes.",
  failed: "You were not signed in: something was wrong with the answer of the sign-in provider. Try again.",
}

/** @param {string} code */
export const failureWords = (code) => (Object.hasOwn(sentences, code) ? sentences[code] : sentences.failed)
