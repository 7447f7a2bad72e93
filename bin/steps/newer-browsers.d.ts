// What browsers know and Debian's TypeScript (4.8) does not yet.

interface URLSearchParams {
    readonly size: number
}

interface Array<T> {
    findLast(fits: (value: T, index: number) => unknown): T | undefined
    findLastIndex(fits: (value: T, index: number) => unknown): number
    toReversed(): T[]
    toSorted(order?: (one: T, other: T) => number): T[]
    toSpliced(start: number, deleteCount: number, ...items: T[]): T[]
    with(index: number, value: T): T[]
}

interface ARIAMixin {
    ariaDescription: string | null
    ariaInvalid: string | null
}

declare class Highlight {
    readonly size: number
    add(range: AbstractRange): this
    clear(): void
    [Symbol.iterator](): Iterator<AbstractRange>
}

declare namespace CSS {
    const highlights: Map<string, Highlight>
}
