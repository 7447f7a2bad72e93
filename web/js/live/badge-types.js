// What the freshness badge knows and says. Types only, known everywhere: this file is never loaded by the page.

/**
 * @typedef {object} BadgeFacts
 * @property {number} now milliseconds, as all times here
 * @property {number|null} answered when the last good answer was asked for
 * @property {boolean} failed the last attempt brought none
 * @property {boolean} online what the browser says of its network
 * @property {boolean} asking an attempt is under way
 * @property {number} expectedAge how old the last answer may be while all is well
 * @property {boolean} signedOut the reader may not read any more
 * @property {number|null} blindSince when collection is known to have stopped
 */

/**
 * With `href` its words are a door to what it tells of.
 * @typedef {{kind: "loading"|"live"|"checking"|"stale"|"blind"|"offline", words: string, at: number|null, href?: string}} BadgeState
 */

/**
 * One event of the stream.
 * @typedef {{kind: string, status_id: string, post?: FeedItem}} StreamChange
 */
