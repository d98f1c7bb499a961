import type { Template } from './read-template.ts'

/**
 * A record as a template has it.
 * @param cutTo cuts a text to a width
 * @param widthOf columns that a text takes
 */
export const writeRecord = (
  { pieces }: Template,
  record: Readonly<Record<string, string>>,
  cutTo: (text: string, width: number) => string,
  widthOf: (text: string) => number,
): string =>
  pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece
      const value = record[piece.field] || piece.otherwise
      if (piece.width === null) return value
      const part = cutTo(value, piece.width)
      return part + ' '.repeat(Math.max(0, piece.width - widthOf(part)))
    })
    .join('')
