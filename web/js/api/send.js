import { apiBase } from "../../config.js"
import { Problem } from "./problem.js"

const timeoutMs = 20_000

/**
 * Changes something in the name of the reader.
 * @param {"POST"|"DELETE"} method
 * @param {string} path below the API's base, beginning with a slash
 * @param {object} [body]
 * @returns {Promise<any>} what the answer says, if anything; anything but success is thrown as a Problem
 */
export async function send(method, path, body) {
  try {
    const response = await fetch(`${apiBase}${path}`, {
      method,
      headers: { accept: "application/json", ...(body && { "content-type": "application/json" }) },
      body: body && JSON.stringify(body),
      // @ts-ignore Debian's TypeScript does not know `timeout` yet.
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) throw await Problem.from(response)
    return response.status === 204 ? null : await response.json()
  } catch (error) {
    if (error instanceof Problem) throw error
    if (error instanceof SyntaxError) throw Problem.notUnderstood("The server did not send JSON.")
    throw Problem.unreachable(error)
  }
}
