const between = 20_000
const betweenWithStream = 60_000
const firstRetry = 4_000
const longest = 300_000
const jitter = 0.3

/**
 * How long to wait before the next look, in milliseconds. After failures ever longer; never sooner than the server asked for; and never
 * all pages at once.
 * @param {{failures: number, streaming: boolean, retryAfter: number}} state @param {number} random from 0 up to 1
 */
export function delay({ failures, streaming, retryAfter }, random) {
  const usual = streaming ? betweenWithStream : between
  const base = failures > 0 ? Math.min(firstRetry * 2 ** (failures - 1), longest) : usual
  return Math.max(base, retryAfter) * (1 + jitter * random)
}

/** How old the last answer may be while everything goes as it should: the longest wait, and the patience with an answer. @param {boolean} streaming */
export const expectedAge = (streaming) => (streaming ? betweenWithStream : between) * (1 + jitter) + 20_000
