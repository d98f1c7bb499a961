import { parse, YAMLError } from 'yaml'
import { decoded } from '../decode-text.ts'
import type { Fault } from '../source-record.ts'
import { isMapping, type Mapping } from './plain-values.ts'
import type { TrackerFile } from './tracker-task.ts'

/** A Markdown file with its head of YAML apart, or what is wrong with it. */
export function readFrontMatter({
  path,
  bytes,
}: TrackerFile): { head: Mapping; body: string } | { fault: Fault } {
  const fault = (rule: string, line?: number) => ({
    fault: { place: line ? `${path} line ${line}` : path, field: 'front matter', rule },
  })
  const text = decoded(bytes)
    ?.replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
  if (text === undefined) return fault('is not text in UTF-8')
  const [whole, yaml] = /^---\n(.*?\n)?---[ \t]*(?:\n|$)/s.exec(text) ?? []
  if (whole === undefined)
    return fault('is missing: the file does not begin with lines of YAML between --- and ---')
  try {
    const head: unknown = parse(yaml ?? '')
    return isMapping(head) ? { head, body: text.slice(whole.length) } : fault('has no fields')
  } catch (error) {
    if (!(error instanceof YAMLError)) throw error
    // Its message repeats the text; the place is enough to find it.
    return fault('is no YAML', (error.linePos?.[0].line ?? 1) + 1)
  }
}
