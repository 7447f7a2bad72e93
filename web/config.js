/** The only file that differs between hosts. The paths of the page and of the HTTP API, without a slash at the end. */
export const base = new URL(".", import.meta.url).pathname.slice(0, -1);
export const apiBase = `${base}/v1`;
