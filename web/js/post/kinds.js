/** @typedef {{name: string, shape: "ring"|"dot"|"diamond"}} Kind */

/** @type {Record<string, Kind>} */
export const kinds = {
  initial_capture: { name: "First seen", shape: "ring" },
  latest_observed: { name: "Seen again", shape: "dot" },
  refresh_24h: { name: "After 24 hours", shape: "diamond" },
}

/** What kind of observation a snapshot is; one of a kind yet unknown keeps its name. @param {import("../api/types.js").Snapshot} snapshot @returns {Kind} */
export const kindOf = ({ snapshot_type }) => (Object.hasOwn(kinds, snapshot_type) ? kinds[snapshot_type] : { name: snapshot_type, shape: "dot" })
