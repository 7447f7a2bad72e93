import { apiBase } from "../../config.js"
import { byId, element } from "../../js/lib/dom.js"
import { contents } from "./contents.js"
import { filter } from "./filter.js"
import { wayBack } from "../../js/lib/way-back.js"
import { members } from "./members.js"
import { operation } from "./operation.js"
import { markPlace } from "./place.js"
import { prose } from "./prose.js"
import { Reference } from "./reference.js"
import { themeSwitch } from "./theme.js"

const main = byId("description")

function show(/** @type {any} */ text) {
  const reference = new Reference(text)
  byId("title").textContent = text.info.title
  main.append(...prose(text.info.description))
  const groups = reference.groups().map((/** @type {any} */ { tag, operations }) => {
    const section = element("section", { class: "group", id: `group-${tag.name}`, "aria-labelledby": `title-${tag.name}` },
      element("h2", { id: `title-${tag.name}` }, tag.name), ...prose(tag.description ?? ""))
    section.append(...operations.map((/** @type {any} */ each) => operation(each, reference)))
    return section
  })
  const schemas = element("section", { class: "group", id: "group-schemas", "aria-labelledby": "title-schemas" },
    element("h2", { id: "title-schemas" }, "schemas"),
    ...reference.objects().map(([name, schema]) => schemaArticle(name, schema, reference)))
  main.append(...groups, schemas)
  byId("contents-list").append(...contents([...groups, schemas]))
  filter(byId("filter"), byId("found"))
}

function schemaArticle(/** @type {string} */ name, /** @type {any} */ schema, /** @type {Reference} */ reference) {
  const heading = element("h3", {}, element("a", { class: "self", href: `#schema-${name}` }, element("code", { class: "path" }, name)))
  return element("article", { class: "operation", id: `schema-${name}`, "data-label": name },
    heading,
    ...prose(schema.description ?? ""),
    ...folded(members(schema, reference)))
}

/** There are many schemas, and a reader needs one at a time. */
const folded = (/** @type {Node[]} */ nodes) =>
  nodes.length > 0 ? [element("details", { class: "answer" }, element("summary", {}, "Members"), ...nodes)] : []

/** The place that the address names exists only now. */
function goToPlace() {
  const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!place) return
  place.querySelector("details")?.setAttribute("open", "")
  place.scrollIntoView()
}

async function start() {
  themeSwitch(byId("theme"))
  wayBack(byId("to-feed"))
  byId("yaml").setAttribute("href", `${apiBase}/openapi.yaml`)
  if (matchMedia("(width < 64rem)").matches) byId("contents").open = false
  const state = byId("state")
  try {
    // @ts-ignore Debian's TypeScript does not know `timeout` yet.
    const response = await fetch(`${apiBase}/openapi.json`, { cache: "no-cache", signal: AbortSignal.timeout(20_000) })
    if (response.status === 401) throw new Error("Sign in on the page of the feed first.")
    if (!response.ok) throw new Error(`The server answered ${response.status}.`)
    show(await response.json())
    state.remove()
    goToPlace()
    addEventListener("hashchange", goToPlace)
    markPlace(byId("contents-list"), [...main.querySelectorAll("article")])
  } catch (error) {
    state.className = "failed"
    state.textContent = `The description could not be loaded. ${error instanceof Error ? error.message : ""} Reload the page to try again.`
  }
  main.setAttribute("aria-busy", "false")
}

start()
