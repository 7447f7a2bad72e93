import { apiBase } from "/config.js"
import { Problem } from "./problem.js"

const patience = 20_000

/**
 * @param {string} path below the API's base, beginning with a slash
 * @param {URLSearchParams} [query]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} the JSON body; anything else is thrown as a Problem (or AbortError when `signal` says so)
 */
export async function getJSON(path, query, signal) {
  const search = query?.size ? `?${query}` : ""
  const limit = AbortSignal.timeout(patience)
  try {
    const response = await fetch(`${apiBase}${path}${search}`, {
      headers: { accept: "application/json" },
      cache: "no-cache",
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })
    if (!response.ok) throw await Problem.from(response)
    return await response.json()
  } catch (error) {
    if (error instanceof Problem || signal?.aborted) throw error
    if (error instanceof SyntaxError) throw new Problem({ status: 0, title: "The answer was not understood", detail: "The server did not send JSON." })
    throw Problem.unreachable(error)
  }
}
