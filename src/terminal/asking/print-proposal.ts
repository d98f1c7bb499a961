import type { Ansis } from 'ansis'
import { FIELDS, type Field, type Span } from '../../intent/parsed-request.ts'
import { visible } from '../../printable.ts'
import { doubtfulIn, isClear, type Proposal, wantedIn } from './proposal.ts'

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** A deadline with its weekday, by which people notice that another one was meant; any other words as they are. */
function dayOf(deadline: string): string {
  const [date = ''] = /^\d{4}-\d{2}-\d{2}/.exec(deadline) ?? []
  const at = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? deadline : `${deadline.replace('T', ' ')} (${DAYS[at.getUTCDay()]})`
}

const MOST_SHOWN = 200

/** A text as one line. */
function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line
}

/** A value as people read it. */
export function shownValue(field: Field, value: string | readonly string[] | null | undefined): string {
  if (value === null || value === undefined || value.length === 0) return '–'
  if (typeof value !== 'string') return short(value.join(field === 'criteria' ? '; ' : ', '))
  return field === 'deadline' ? dayOf(value) : short(value)
}

const LABELS: Partial<Record<Field, string>> = { dependsOn: 'depends on' }
const labelOf = (field: Field) => LABELS[field] ?? field

/** The words as they were given, with those marked that became fields: by colour, or in brackets. */
function marked(request: string, spans: readonly Span[], colour: Ansis | null): string {
  let out = ''
  let at = 0
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (from < at || to <= from) continue
    const words = request.slice(from, to)
    out += request.slice(at, from) + (colour ? colour.cyan.underline(words) : `[${words}]`)
    at = to
  }
  return out + request.slice(at)
}

interface Line {
  readonly name: string
  readonly text: string
}

/**
 * What was understood of the words: the words themselves, and a line for each field that they became. Fields that flags say
 * are left out, since nothing was to be understood there.
 * @param colour null for plain text
 * @param withTitle whether the title is told too, as where it is not created yet
 */
export function renderProposal(proposal: Proposal, colour: Ansis | null, withTitle: boolean): string {
  const { request, parsed, given, answered } = proposal
  const wanted = wantedIn(proposal)
  const read = FIELDS.filter(
    (field) => field !== 'title' && parsed[field] !== null && given[field] === undefined,
  )
  // What follows the title is a description of itself.
  const spans = read.flatMap((field) => (field === 'description' ? [] : parsed[field]!.evidence))
  if (read.length === 0 && !withTitle) return ''
  const from = (field: Field) => {
    if (answered.has(field)) return ', as you said'
    const { evidence = [] } = field !== 'description' && read.includes(field) ? (parsed[field] ?? {}) : {}
    const words = evidence.map((span) => `“${short(request.slice(span.from, span.to))}”`)
    return words.length > 0 ? `, from ${words.join(' ')}` : ''
  }
  const isShown = (field: Field) =>
    field === 'title'
      ? withTitle
      : withTitle
        ? given[field] !== undefined || read.includes(field)
        : read.includes(field)
  const fields = FIELDS.filter(isShown).map((field): Line => {
    const says = field === 'title' ? '' : from(field)
    return { name: labelOf(field), text: `${shownValue(field, wanted[field])}${says}` }
  })
  const sure = withTitle ? [{ name: 'sure', text: `${Math.round(parsed.confidence * 100)} %` }] : []
  const words = marked(request, spans, colour).replaceAll('\n', `\n${' '.repeat(14)}`)
  const isTold = withTitle || wantedIn(proposal).title !== request
  const lines = [...(isTold ? [{ name: 'words', text: words }] : []), ...fields, ...sure]
  const doubts = isClear(proposal) ? [] : doubtLines(proposal)
  const body = lines.map(({ name, text }) => `  ${name.padEnd(12)}${text}`)
  return `${[...body, ...doubts].join('\n')}\n`
}

function doubtLines(proposal: Proposal): string[] {
  const open = doubtfulIn(proposal)
  const told = proposal.parsed.doubts.filter(({ field }) => open.includes(field))
  const lines = told.map(({ message, candidates }) => {
    const isNamed = candidates.every((candidate) => message.includes(candidate))
    const which = !isNamed ? ` (${candidates.join(', ')})` : ''
    return `  ? ${message}${which}`
  })
  const silent = open.filter((field) => !told.some((doubt) => doubt.field === field))
  return [...lines, ...(silent.length > 0 ? [`  ? not sure of: ${silent.map(labelOf).join(', ')}`] : [])].map(
    visible,
  )
}
