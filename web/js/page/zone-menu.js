import { option } from "../lib/choices.js"
import { element, within } from "../lib/dom.js"
import { menus } from "../lib/menus.js"
import { readerZone, zone, zoneLabel } from "../lib/time/format.js"

/**
 * The zone of all times on the page: the reader's, UTC, that of the link, or another one.
 * @param {HTMLDetailsElement} menu
 * @param {(zone: string) => void} choose empty for the reader's own
 * @returns {() => void} says which one is shown by now
 */
export function zoneMenu(menu, choose) {
  const given = zone()
  const offered = new Set([readerZone, "UTC"])
  const options = element("fieldset", {})
  const box = /** @type {HTMLInputElement} */ (element("input",
    { type: "text", list: "zone-names", placeholder: "Asia/Tokyo", spellcheck: "false", autocapitalize: "none", maxlength: "40" }))
  const add = element("button", { class: "button", type: "button" }, "Show")
  const hint = element("p", { class: "hint", role: "alert", hidden: "" })
  menu.append(element("div", { class: "menu-panel" },
    options,
    element("label", { class: "field" }, "Another zone", element("span", { class: "with-button" }, box, add), hint),
    element("datalist", { id: "zone-names" }, ...zones.map((name) => element("option", { value: name })))))
  menus(/** @type {HTMLElement} */ (menu.parentElement))

  const show = () => {
    offered.add(zone())
    options.replaceChildren(element("legend", { class: "visually-hidden" }, "Time zone"), ...[...offered].map((name) => {
      const note = name === readerZone ? "yours" : name === given ? "the link’s" : ""
      const choice = option("radio", "zone", name, element("span", {}, zoneLabel(name)), element("span", { class: "option-note" }, note))
      choice.title = name
      within(choice, "input").checked = name === zone()
      return choice
    }))
  }
  const typed = () => {
    const text = box.value.trim()
    const name = named(text)
    box.focus()
    hint.hidden = text === "" || name !== undefined
    hint.textContent = `“${text}” is not a time zone.`
    if (!name) return
    box.value = ""
    choose(name === readerZone ? "" : name)
  }
  add.addEventListener("click", typed)
  box.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) typed() })
  options.addEventListener("change", (event) => {
    const { value } = /** @type {HTMLInputElement} */ (event.target)
    choose(value === readerZone ? "" : value)
    within(options, "input:checked")?.focus()
  })
  show()
  return show
}

/** @type {string[]} */
// @ts-ignore Debian's TypeScript does not know it yet.
const zones = Intl.supportedValuesOf("timeZone")

/**
 * @param {string} text a name, or the city in it, in any case
 * @returns {string|undefined}
 */
function named(text) {
  const wanted = text.toLowerCase().replaceAll(" ", "_")
  return ["UTC", ...zones].find((name) => [name, zoneLabel(name).replaceAll(" ", "_")].some((known) => known.toLowerCase() === wanted))
}
