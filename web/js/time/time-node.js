import { clock, exactTime, shortTime } from "./format.js"
import { ago } from "./relative.js"

const near = 7 * 86_400_000

const looks = {
  clock: (/** @type {Date} */ date) => clock(date),
  short: (/** @type {Date} */ date) => shortTime(date),
  ago: (/** @type {Date} */ date, /** @type {Date} */ now) => ago(date, now),
  /** In the feed the day stands above; how long ago it was helps only while it is near. */
  feed: (/** @type {Date} */ date, /** @type {Date} */ now) => (now.getTime() - date.getTime() < near ? `${clock(date)} · ${ago(date, now)}` : clock(date)),
  exact: (/** @type {Date} */ date, /** @type {Date} */ now) => `${exactTime(date)} · ${ago(date, now)}`,
}

/**
 * Fills a <time>: what is read, the exact time on hover, the instant for machines.
 * @param {HTMLTimeElement} node @param {string} instant RFC 3339 @param {keyof typeof looks} look
 */
export function setTime(node, instant, look) {
  node.dateTime = instant
  node.dataset.look = look
  showTime(node, new Date())
}

/** @param {HTMLTimeElement} node @param {Date} now */
function showTime(node, now) {
  const date = new Date(node.dateTime)
  const valid = !Number.isNaN(date.getTime())
  const text = valid ? looks[/** @type {keyof typeof looks} */ (node.dataset.look)](date, now) : node.dateTime
  if (node.textContent !== text) node.textContent = text
  if (valid) node.title = exactTime(date)
}

/** Shows every time on the page anew: a minute has passed, or the zone has changed. */
export function showAllTimes() {
  const now = new Date()
  for (const node of document.querySelectorAll("time[data-look]")) showTime(/** @type {HTMLTimeElement} */ (node), now)
}
