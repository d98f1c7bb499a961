import type { Span } from './parsed-request.ts'

/** Stands for a character that is not to be understood: quoted, code, a path. */
export const KEPT = '\uE000'
/** Stands for a character that has become (a part of) a field. */
export const TAKEN = '\uE001'

const OPENING = /(?:^|[,;:.!?()[\]{|–—\uE001：，、。]|\s-)\s*$/
const CLOSING = /^\s*(?:$|[,;:.!?()[\]}|–—\uE001：，、。]|-\s)/

const IN_FRONT =
  /^(?:[\s\uE001,;:.!()[\]–—-]|(?:p[0-4]|urgent|critical|asap|important|~?\d{1,3}(?:\.\d)?[mhdw]|[@#+][a-z][\w.-]*)(?=[\s\uE001,;:.!)\]]))*$/i

/**
 * A part of a request while it is being understood. Readers look at `text`, in which quoted parts and what was taken
 * already are blanked by characters that no word contains, so that places stay what they are in the request.
 */
export class Reading {
  readonly from: number
  readonly original: string
  #shown: string
  readonly #taken: Span[] = []

  constructor(original: string, from: number) {
    this.original = original
    this.from = from
    this.#shown = original
  }

  get text(): string {
    return this.#shown
  }

  /** A place in this part as a place in the request. */
  span(from: number, to: number): Span {
    return { from: this.from + from, to: this.from + to }
  }

  /** Whether a place in the request still stands here as it was written. */
  stands({ from, to }: Span): boolean {
    return (
      this.#shown.slice(from - this.from, to - this.from) ===
      this.original.slice(from - this.from, to - this.from)
    )
  }

  /** Blanks a part that belongs to the title as it stands. */
  keep(from: number, to: number): void {
    this.#blank(from, to, KEPT)
  }

  /** Blanks what became a field, and says where in the request that was. */
  take(from: number, to: number): Span {
    this.#blank(from, to, TAKEN)
    const span = this.span(from, to)
    this.#taken.push(span)
    return span
  }

  /** All that became a field, in the request. */
  get taken(): readonly Span[] {
    return this.#taken
  }

  /** Whether a clause begins here: nothing, or what parts clauses, comes before. */
  opensAt(at: number): boolean {
    return OPENING.test(this.#shown.slice(Math.max(0, at - 12), at))
  }

  /** Whether nothing but fields and what parts them comes before. */
  isFirst(at: number): boolean {
    return !/[^\s\uE001,;:.!()[\]–—-]/.test(this.#shown.slice(0, at))
  }

  /**
   * Whether only what looks like fields comes before, read or not: in “p1 #ui ~2h fix login” each stands in front, and
   * none of them apart before another one is read.
   */
  isInFront(at: number): boolean {
    return IN_FRONT.test(this.#shown.slice(0, at))
  }

  /** Whether a clause ends here. */
  closesAt(at: number): boolean {
    return CLOSING.test(this.#shown.slice(at, at + 12))
  }

  #blank(from: number, to: number, by: string): void {
    this.#shown = this.#shown.slice(0, from) + by.repeat(to - from) + this.#shown.slice(to)
  }
}

// What comes after is kept as it is: a request that is typed is shorter, and patterns take time with every character.
export const READ = 1000

/** Where the first line with anything on it begins and ends. */
export function firstLine(text: string): Span {
  const from = text.search(/\S/)
  if (from < 0) return { from: 0, to: text.length }
  const end = text.indexOf('\n', from)
  return { from, to: end < 0 ? text.length : end }
}

/** The line that the title is made of, as far as it is read. */
export function titleReading(text: string): Reading {
  const { from, to } = firstLine(text)
  return new Reading(text.slice(from, Math.min(to, from + READ)), from)
}
