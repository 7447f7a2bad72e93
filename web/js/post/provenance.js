import { element } from "../lib/dom.js"
import { counted } from "../lib/number.js"
import { plain } from "../lib/text/sanitize.js"
import { setTime } from "../lib/time/time-node.js"
import { textChanges } from "./text-changes.js"

/**
 * The texts a post had before, newest change first, each against the text that followed.
 * @param {Provenance} provenance
 * @param {string|null} now
 */
export function earlierTexts({ earlier_texts: texts }, now) {
  const following = [...texts.slice(1).map((text) => text.body_text), now]
  return texts.map((text, index) => element("li", {},
    element("p", { class: "note" }, "Changed ", time(text.replaced_at), ` by ${batchName(text.replaced_by)}`),
    element("p", { class: "post-text", dir: "auto" }, ...textChanges(plain(text.body_text), plain(following[index])).map(piece)),
  )).toReversed()
}

/**
 * Which batch set what, and when that was observed; the newest first.
 * @param {Provenance} provenance
 */
export function origins({ fields }) {
  /** @type {Map<string, {batch: number|null, at: string|null, names: string[]}>} */
  const groups = new Map()
  for (const [name, { batch_id: batch, observed_at: at }] of Object.entries(fields)) {
    if (at === null && batch === null) continue
    const key = `${at} ${batch}`
    groups.set(key, { batch, at, names: [...(groups.get(key)?.names ?? []), name] })
  }
  return [...groups.values()].sort((a, b) => (b.at ?? "").localeCompare(a.at ?? "")).map(({ batch, at, names }) => element("div", {},
    element("dt", {}, batch === null ? "Unknown batch" : `Batch ${batch}`),
    element("dd", {},
      names.map((name) => name.replaceAll("_", " ")).join(", "),
      element("span", { class: "note" }, ...(at ? ["as observed ", time(at)] : ["of unknown age"]))),
  ))
}

/** @param {Provenance} provenance */
export function originSentence({ inserted_by: first, updated_by: last }) {
  if (first === null && last === null) return "No batch is on record for this post."
  if (last === null || last === first) return `Stored by ${batchName(first)} and not changed since.`
  return `Stored by ${batchName(first)}, last changed by ${batchName(last)}.`
}

/** @param {Provenance} provenance */
export const changesTitle = ({ earlier_texts: texts }) =>
  `The text was changed ${texts.length === 1 ? "once" : counted(texts.length, "time")}`

const batchName = (/** @type {number|null} */ batch) => (batch === null ? "an unknown batch" : `batch ${batch}`)

/** @param {import("./text-changes.js").Piece} piece */
const piece = ({ kind, text }) => (kind === "kept" ? text : element(kind === "gone" ? "del" : "ins", {}, text))

function time(/** @type {string} */ instant) {
  const node = /** @type {HTMLTimeElement} */ (element("time"))
  setTime(node, instant, "short")
  return node
}
