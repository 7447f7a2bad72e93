import { base } from "../../config.js"
import { svg } from "./dom.js"

/** @param {string} name of a mark that only some readers see, drawn in a file of its own */
export const mark = (name) => svg("svg", { class: "icon", "aria-hidden": "true" }, svg("use", { href: `${base}/marks.svg#${name}` }))
