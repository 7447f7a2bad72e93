import { refusals } from "../api/client.js"
import { getMe } from "../api/endpoints.js"
import { Problem } from "../api/problem.js"
import { byId } from "../lib/dom.js"

/** @type {Promise<void>|null} */
let asking = null

/** Who reads, as the server says. */
export const reader = {
  /** @type {Me|null} null: not known yet, or a server of before, which says nothing of it */ me: null,
  /** Posts were shown: what follows is the end of a session, and not the lack of one. */ hasRead: false,
  /** The whole page is an entrance. */ isShut: false,
  /** Why signing in failed, in the word of the server. */ failure: "",
  changed: () => {},
  get mayRead() { return this.me?.may_read ?? true },

  /** Who asks twice at once asks once. Without an answer, what was known last stands. */
  ask() {
    return (asking ??= ask().finally(() => { asking = null }))
  },
}

refusals.heard = () => reader.ask()

async function ask() {
  const before = JSON.stringify(reader.me)
  try {
    reader.me = await getMe()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
  const { me, failure } = reader
  byId("open-note").hidden = me?.access !== "open"
  if (me?.signed_in || me?.can_sign_in || failure) await import("./reader-menu.js").then(({ readerMenu }) => readerMenu(), () => {})
  if (before !== JSON.stringify(me)) reader.changed()
}

/** What stands in place of that which may not be read. */
export const entrance = async () => (await import("./entrance.js")).entrance()
