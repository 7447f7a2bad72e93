/** @typedef {{tag: string, body: any}} Answer */

const most = 24
/** @type {Map<string, Answer>} the oldest first */
const answers = new Map()

/** The last answer to a question and the tag it came with. Asked again with it, the server need not send it again. @param {string} url */
export const remembered = (url) => answers.get(url) ?? null

/** @param {string} url @param {Answer} answer */
export function remember(url, answer) {
  answers.delete(url)
  answers.set(url, answer)
  if (answers.size > most) answers.delete(/** @type {string} */ (answers.keys().next().value))
}
