/** The only file that differs between hosts. Where the HTTP API lives, without a slash at the end. */
export const apiBase = "/v1";
