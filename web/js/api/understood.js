import { Problem } from "./problem.js"

/** JSON alone is no answer: something between here and the server may send its own. @param {Promise<any>} asked @param {(body: any) => boolean} fits */
export async function understood(asked, fits) {
  const body = await asked
  let fit = false
  try { fit = fits(body) } catch { /* a member that is not there does not fit */ }
  if (!fit) throw Problem.notUnderstood("The server sent something else than was asked for.")
  return body
}
