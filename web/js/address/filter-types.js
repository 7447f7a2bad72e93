// What the page is asked for. Types only, known everywhere: this file is never loaded by the page.

/** @typedef {"span"|"moment"|"tier"|"handle"|"flag"|"count"|"text"|"sort"|"zone"} FilterKindName */

/**
 * What a value has to be; `read` gives the form in which it stands in the address.
 * @typedef {{ok: (value: string) => boolean, read?: (value: string) => string}} FilterKind
 */

/**
 * A row of the table of filters.
 * @template {boolean} IsList
 * @typedef {{kind: FilterKindName, menu: string, isList: IsList}} FilterField
 */

/** @typedef {(kind: FilterKindName, menu: string) => FilterField<false>} OneValue */
/** @typedef {(kind: FilterKindName, menu: string) => FilterField<true>} ManyValues */

/** @typedef {typeof import("./filters.js").fields} FilterFields */
/** @typedef {keyof FilterFields} FilterName */

/**
 * What the reader asked for, exactly as the page's address says it: "24h" stays "24h". Empty means not asked: for `sort` the order of
 * discovery, for `tz` the reader's own zone.
 * @typedef {{[Name in FilterName]: FilterFields[Name]["isList"] extends true ? string[] : string}} Filters
 */

/**
 * The names of the filters that have several values.
 * @typedef {{[Name in FilterName]: FilterFields[Name]["isList"] extends true ? Name : never}[FilterName]} ListName
 */

/**
 * A part of the address that is not understood: no value of its kind, no filter, given twice, or a span beside a beginning or an end.
 * @typedef {{parameter: string, value: string, is: FilterKindName|"unknown"|"twice"|"both"}} AddressProblem
 */

/**
 * The page's address: what it says, and how it is changed.
 * @typedef {{
 *   now: () => Filters,
 *   go: (href: string, options?: {replace: boolean}) => void,
 *   apply: (filters: Filters, options?: {replace: boolean}) => void,
 * }} Address
 */
