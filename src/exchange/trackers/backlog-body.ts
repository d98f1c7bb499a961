import type { Section } from './tracker-task.ts'

interface BacklogComment {
  readonly text: string
  readonly by: string | undefined
  readonly at: string | undefined
}

/** The Markdown of a task file of Backlog.md, taken apart. */
export interface BacklogBody {
  readonly description: string
  readonly criteria: readonly { readonly text: string; readonly met: boolean }[]
  readonly definitionOfDone: readonly { readonly text: string; readonly met: boolean }[]
  readonly comments: readonly BacklogComment[]
  readonly sections: readonly Section[]
}

/** Blocks between marks, which may hold headings of their own; the heading above goes with them. */
const MARKED =
  /(?:^##[ \t]+([^\n]+)\n\s*)?^<!-- ((?:SECTION:)?[A-Z_]+):BEGIN -->[ \t]*\n(.*?)<!-- \2:END -->[ \t]*$/gms
const NAMES: Readonly<Record<string, string>> = {
  'SECTION:DESCRIPTION': 'Description',
  'SECTION:PLAN': 'Implementation Plan',
  'SECTION:NOTES': 'Implementation Notes',
  'SECTION:FINAL_SUMMARY': 'Final Summary',
  AC: 'Acceptance Criteria',
  DOD: 'Definition of Done',
  COMMENTS: 'Comments',
}

/** Takes a body apart by its marks, and what has none, as older versions wrote it, by its headings. */
export function readBacklogBody(body: string): BacklogBody {
  const parts: { heading: string; text: string }[] = []
  const rest = body.replace(MARKED, (_, heading: string | undefined, mark: string, text: string) => {
    parts.push({ heading: NAMES[mark] ?? heading?.trim() ?? mark, text: text.trim() })
    return ''
  })
  parts.push(...byHeadings(rest))
  const of = (heading: string) =>
    parts
      .filter((part) => part.heading === heading && part.text !== '')
      .map(({ text }) => text)
      .join('\n\n')
  const taken = ['', 'Description', 'Acceptance Criteria', 'Definition of Done', 'Comments']
  return {
    description: [of('Description'), of('')].filter((text) => text !== '').join('\n\n'),
    criteria: checkedLines(of('Acceptance Criteria')),
    definitionOfDone: checkedLines(of('Definition of Done')),
    comments: commentsOf(of('Comments')),
    sections: parts.filter(({ heading }) => !taken.includes(heading)),
  }
}

/** What follows each heading of the second level; what comes before the first has none. */
function byHeadings(text: string): { heading: string; text: string }[] {
  const parts: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }]
  let fence: string | null = null
  for (const line of text.split('\n')) {
    const [mark] = /^\s*(?:```+|~~~+)/.exec(line) ?? []
    if (mark && fence === null) fence = mark.trim()
    else if (mark && fence !== null && mark.trim().startsWith(fence)) fence = null
    const heading = fence === null ? /^##[ \t]+(.+?)\s*$/.exec(line)?.[1] : undefined
    if (heading) parts.push({ heading, lines: [] })
    else parts.at(-1)!.lines.push(line)
  }
  return parts.map(({ heading, lines }) => ({ heading, text: lines.join('\n').trim() }))
}

/** `- [x] #1 words`; a line without a box goes on with the one before. */
function checkedLines(text: string): { text: string; met: boolean }[] {
  const items: { text: string; met: boolean }[] = []
  for (const line of text.split('\n')) {
    const [, box, words] = /^\s*[-*]\s+\[([ xX])\]\s+(?:#\d+\s+)?(.*)$/.exec(line) ?? []
    const item = /^\s*[-*]\s+(.*\S)\s*$/.exec(line)?.[1]
    const last = items.at(-1)
    if (box !== undefined) items.push({ text: words!.trim(), met: box !== ' ' })
    else if (item) items.push({ text: item, met: false })
    else if (line.trim() !== '' && last) last.text += ` ${line.trim()}`
    else if (line.trim() !== '') items.push({ text: line.trim(), met: false })
  }
  return items
}

/** Comments are a head of `key: value` lines and a text in turn, with `---` alone on a line after each. */
function commentsOf(text: string): BacklogComment[] {
  const parts = text.split(/^---[ \t]*$/m)
  const comments: BacklogComment[] = []
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const value = (key: string) => new RegExp(`^${key}:[ \\t]*(.*?)[ \\t]*$`, 'm').exec(parts[i]!)?.[1]
    comments.push({ text: parts[i + 1]!.trim(), by: value('author'), at: value('created') })
  }
  return comments
}
