const pollMs = 20_000
const pollWithStreamMs = 60_000
const firstRetryMs = 4_000
const maxRetryMs = 300_000
const jitterShare = 0.3

/**
 * The delay before the next poll, in milliseconds: exponential after failures, no less than the server asked for, with jitter.
 * @param {{failures: number, streaming: boolean, retryAfter: number}} state
 * @param {number} random from 0 up to 1
 */
export function delay({ failures, streaming, retryAfter }, random) {
  const usual = streaming ? pollWithStreamMs : pollMs
  const base = failures > 0 ? Math.min(firstRetryMs * 2 ** (failures - 1), maxRetryMs) : usual
  return Math.max(base, retryAfter) * (1 + jitterShare * random)
}

/**
 * How old the last answer may be while all is well: the longest delay and the timeout of an answer.
 * @param {boolean} streaming
 */
export const expectedAge = (streaming) => (streaming ? pollWithStreamMs : pollMs) * (1 + jitterShare) + 20_000
