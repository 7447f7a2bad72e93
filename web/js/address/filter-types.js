// What the page is asked for. Types only: this file is never loaded by the page.

/**
 * What the reader asked for, exactly as the page's address says it: "24h" stays "24h". Empty means not asked.
 * @typedef {object} Filters
 * @property {string} range discovered within this span up to now: "24h"
 * @property {string} since discovered from this day or moment on
 * @property {string} until
 * @property {string} posted_range the same for the true time of posting
 * @property {string} posted_since
 * @property {string} posted_until
 * @property {string[]} tier
 * @property {string[]} handle
 * @property {string[]} source_query
 * @property {string} significant "", "true" or "false"
 * @property {string} reported
 * @property {string} has_link
 * @property {string} min_likes
 * @property {string} min_reposts
 * @property {string} min_replies
 * @property {string} min_views
 * @property {string} q
 * @property {string[]} exclude
 * @property {string} sort empty for the order of discovery
 * @property {string} tz empty for the reader's own zone
 */

/**
 * A part of the address that is not understood.
 * @typedef {{parameter: string, value: string, message: string}} AddressProblem
 */

export {}
