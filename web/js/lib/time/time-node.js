import { ago, clock, dayKey, exactTime, shortTime } from "./format.js"

const agoWithinMs = 7 * 86_400_000

/** @type {Record<string, (date: Date, now: Date) => string>} */
const looks = {
  clock: (date) => clock(date),
  short: (date) => shortTime(date),
  /** The day stands with it once it is another one. */
  since: (date, now) => (dayKey(date) === dayKey(now) ? clock(date) : shortTime(date)),
  /** On a card, where the other time names the day. */
  brief: (date) => clock(date),
  /** In the feed the day stands above; how long ago it was helps only while it is near. */
  feed: (date, now) => (isNear(date, now) ? `${clock(date)} · ${ago(date, now)}` : clock(date)),
  /** Where no day stands above. */
  dated: (date, now) => (isNear(date, now) ? ago(date, now) : shortTime(date)),
  exact: (date, now) => `${exactTime(date)} · ${ago(date, now)}`,
}

/** Looks that leave out the day: who listens hears it all the same. */
const spoken = ["brief", "feed", "dated"]

/**
 * @param {Date} date
 * @param {Date} now
 */
const isNear = (date, now) => now.getTime() - date.getTime() < agoWithinMs

/**
 * Fills a <time>: what is read, the exact time on hover and for who listens, the instant for machines.
 * @param {HTMLTimeElement} node
 * @param {string} instant RFC 3339
 * @param {keyof typeof looks} look
 */
export function setTime(node, instant, look) {
  node.dateTime = instant
  node.dataset.look = look
  showTime(node, new Date())
}

/**
 * @param {HTMLTimeElement} node
 * @param {Date} now
 */
function showTime(node, now) {
  const date = new Date(node.dateTime)
  const isValid = !Number.isNaN(date.getTime())
  const text = isValid ? looks[node.dataset.look ?? "exact"](date, now) : node.dateTime
  const exactly = isValid ? exactTime(date) : ""
  if (node.firstChild?.textContent === text && node.title === exactly) return
  node.replaceChildren(text, ...(exactly && spoken.includes(node.dataset.look ?? "") ? [hidden(` (${exactly})`)] : []))
  node.title = exactly
}

/** @param {string} text */
function hidden(text) {
  const node = document.createElement("span")
  node.className = "visually-hidden"
  node.textContent = text
  return node
}

/** Shows every time on the page anew: a minute has passed, or the zone has changed. */
export function showAllTimes() {
  const now = new Date()
  for (const node of document.querySelectorAll("time[data-look]")) showTime(/** @type {HTMLTimeElement} */ (node), now)
}
