/** Lines longer than this are hard to read, however wide the terminal is. */
const WIDEST = 100

/** A paragraph in lines that fit the terminal, each begun with the indent. */
export function wrapped(text: string, indent: string): string {
  const width = Math.min(process.stdout.columns || 80, WIDEST)
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(indent + word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.join('\n')
}
