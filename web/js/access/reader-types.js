// The private addresses of a reader. Types only, known everywhere: this file is never loaded by the page.

/** @typedef {{id: number, prefix: string, name: string, view: string, created_at: string, last_used_at: string|null}} FeedToken */
