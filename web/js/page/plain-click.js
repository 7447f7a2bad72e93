/** A click that means "here": not a new tab, not a download, not the end of a text selection. */
export function plainClick(/** @type {MouseEvent} */ event) {
  return event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
}
