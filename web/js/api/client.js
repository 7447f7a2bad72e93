import { apiBase } from "../../config.js"
import { Problem } from "./problem.js"

const timeoutMs = 20_000
const maxKeptAnswers = 24
/**
 * The last answer to each question, the oldest first: asked again with its tag, the server need not send it.
 * @type {Map<string, {tag: string, body: any}>}
 */
const answers = new Map()

/** What follows an answer that says that the reader may not. */
export const refusals = { heard: () => {} }

/**
 * @param {string} path below the API's base, beginning with a slash
 * @param {URLSearchParams} [query]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} the JSON body, not to be changed by anybody: the next answer may be the same one; anything else is thrown as a
 * Problem (or AbortError when `signal` says so)
 */
export async function getJSON(path, query, signal) {
  const url = `${apiBase}${path}${query?.size ? `?${query}` : ""}`
  const before = answers.get(url)
  // @ts-ignore Debian's TypeScript knows neither `timeout` nor `any` yet.
  const limit = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, {
      headers: { accept: "application/json", ...(before ? { "if-none-match": before.tag } : {}) },
      cache: before ? "no-store" : "no-cache",
      // @ts-ignore
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })
    if (before && response.status === 304) return before.body
    if ([401, 403].includes(response.status) && path !== "/me") refusals.heard()
    if (!response.ok) throw await Problem.from(response)
    if (response.headers.get("content-type")?.includes("html")) throw Problem.foreign()
    const body = await response.json()
    const tag = response.headers.get("etag")
    if (tag) remember(url, tag, body)
    return body
  } catch (error) {
    if (error instanceof Problem || signal?.aborted) throw error
    if (error instanceof SyntaxError) throw Problem.notUnderstood("The server did not send JSON.")
    throw Problem.unreachable(error)
  }
}

/**
 * @param {string} url
 * @param {string} tag
 * @param {any} body
 */
function remember(url, tag, body) {
  answers.delete(url)
  answers.set(url, { tag, body })
  if (answers.size > maxKeptAnswers) answers.delete(/** @type {string} */ (answers.keys().next().value))
}

/**
 * JSON alone is no answer: something between here and the server may send its own.
 * @param {Promise<any>} asked
 * @param {(body: any) => boolean} fits
 */
export async function understood(asked, fits) {
  const body = await asked
  let fit = false
  try { fit = fits(body) } catch { /* a member that is not there does not fit */ }
  if (!fit) throw Problem.notUnderstood("The server sent something else than was asked for.")
  return body
}
