/**
 * Another content in the way that a text of JSON is written: its indentation, its kind of line ends, its last line end.
 * @param text of the file as it is
 */
export function jsonLike(text: string, content: unknown): string {
  const indent =
    /^([\t ]+)"/m.exec(text)?.[1] ?? (text.trim().includes('\n') || text.trim().length < 3 ? '  ' : '')
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const end = text === '' || text.endsWith('\n') ? '\n' : ''
  return `${JSON.stringify(content, null, indent)}${end}`.replaceAll('\n', lineEnd)
}
