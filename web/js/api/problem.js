const maxRetryAfterSeconds = 600

/** Why the API gave no data, in words for a reader. */
export class Problem extends Error {
  /**
   * @param {{status: number, title: string, detail?: string, parameter?: string|null, requestId?: string|null, retryAfter?: number,
   *   isForeign?: boolean}} facts
   * `retryAfter` in milliseconds
   */
  constructor({ status, title, detail = "", parameter = null, requestId = null, retryAfter = 0, isForeign = false }) {
    super(title)
    this.name = "Problem"
    this.status = status
    this.detail = detail
    this.parameter = parameter
    this.requestId = requestId
    this.retryAfter = retryAfter
    this.isForeign = isForeign
  }

  /** From an answer that is not a 2xx, whatever its body turns out to be. */
  static async from(/** @type {Response} */ response) {
    const body = await response.json().catch(() => null)
    const said = body && typeof body === "object" ? body : {}
    const isOut = said.code === "unauthorized"
    return new Problem({
      status: response.status,
      title: isOut ? "You are signed out" : text(said.title) || `The server answered ${response.status}`,
      detail: isOut ? "" : text(said.detail) || text(said.error),
      parameter: text(said.parameter) || null,
      requestId: text(said.request_id) || response.headers.get("x-request-id"),
      retryAfter: Math.min(Number(response.headers.get("retry-after")) || 0, maxRetryAfterSeconds) * 1000,
    })
  }

  /** No answer at all: offline, time-out, or something between here and the server. */
  static unreachable(/** @type {unknown} */ cause) {
    const slow = cause instanceof DOMException && cause.name === "TimeoutError"
    return new Problem({
      status: 0,
      title: slow ? "The server took too long" : "The server cannot be reached",
      detail: slow ? "No answer within 20 seconds." : "The network is down or the server is not running.",
    })
  }

  /** An answer that is not what was agreed on. */
  static notUnderstood(/** @type {string} */ detail) {
    return new Problem({ status: 0, title: "The answer was not understood", detail })
  }

  /** Something between here and the server answered with a page of its own. */
  static foreign() {
    return new Problem({
      status: 0,
      title: "A proxy or a sign-in page answered instead of the server",
      detail: "You may be signed out there.",
      isForeign: true,
    })
  }

  /** Asking again would bring the same: only the browser itself may get further. */
  get asksToReload() { return this.isRefusal || this.isForeign }

  /** What was asked for is not there, or no longer. */
  get isFinal() { return this.status === 404 || this.status === 410 }

  /** The reader may not: whether anybody may, or only somebody else. */
  get isRefusal() { return this.status === 401 || this.status === 403 }

  get title() { return this.message }

  get requestNote() {
    return this.requestId ? `Request ${this.requestId}` : ""
  }
}

const text = (/** @type {unknown} */ value) => (typeof value === "string" ? value : "")
