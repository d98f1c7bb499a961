import { createHash } from 'node:crypto'
import { appendFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Priority } from '../../../schemas/vocabulary.ts'
import { MhvError } from '../../errors.ts'
import { printable } from '../../printable.ts'
import type { Verdict } from './judge-listing.ts'
import type { ListFlags } from './list-flags.ts'
import { listingMarkdown } from './listing-markdown.ts'
import { problemLines } from './listing-problems.ts'
import type { Listing } from './read-listing.ts'

/** Something that a pipeline shows beside its job. */
export interface Annotation {
  readonly level: 'error' | 'warning'
  /** What it is about: a task's ref, or that something could not be read. */
  readonly title: string
  readonly message: string
  /** The same from run to run. */
  readonly key: string
  readonly priority: Priority
}

/** GitHub shows ten of a kind for each step, and the list is beside them. */
const MOST = 50

/** GitHub takes pages up to 1 MB; what is longer it drops whole. */
const LONGEST_PAGE = 1_000_000

/** What speaks against a list: the tasks that met its condition, and what could not be read. */
export function annotationsOf(listing: Listing, verdict: Verdict | null): Annotation[] {
  const { asked } = listing
  const tasks = (verdict?.tasks ?? []).map(({ place, slot }): Annotation => {
    const { name, snapshot } = asked.places[place]!
    const { id, title, deadline, assignee } = snapshot.head(slot)
    const facts = [
      snapshot.status(slot),
      snapshot.priority(slot),
      ...(deadline ? [`due ${deadline}`] : []),
      ...(assignee ? [assignee.replace(/ <.*>$/, '')] : []),
    ]
    return {
      level: 'error',
      title: `${name}#${snapshot.number(slot)}`,
      message: printable(`${title} (${facts.join(', ')})`, 1000),
      key: `${name}/${id}`,
      priority: snapshot.priority(slot),
    }
  })
  const problems = problemLines(asked).map((line): Annotation => {
    return { level: 'warning', title: 'mhv', message: printable(line, 1000), key: line, priority: 'high' }
  })
  return [...tasks, ...problems]
}

const escaped = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapedProperty = (text: string) => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** Annotations as the workflow commands of GitHub Actions, a line each; no text in them can begin another command. */
export function workflowCommands(annotations: readonly Annotation[]): string {
  const lines = annotations
    .slice(0, MOST)
    .map(({ level, title, message }) => `::${level} title=${escapedProperty(title)}::${escaped(message)}\n`)
  const rest = annotations.length - lines.length
  return lines.join('') + (rest > 0 ? `::notice title=mhv::and ${rest} more, which the list shows\n` : '')
}

const SEVERITY: Readonly<Record<Priority, string>> = {
  critical: 'critical',
  high: 'major',
  medium: 'minor',
  low: 'info',
}

/**
 * Annotations as GitLab’s Code Quality report, the only form in which it takes what a job has found; a job’s log has no
 * annotations there.
 * @param path of a file in the project, which GitLab wants for each; relative
 */
export function codeQualityReport(annotations: readonly Annotation[], path: string): string {
  const issues = annotations.map(({ title, message, key, priority }) => ({
    description: `${title}: ${message}`,
    check_name: 'mhv',
    fingerprint: createHash('sha256').update(key).digest('hex'),
    severity: SEVERITY[priority],
    location: { path, lines: { begin: 1 } },
  }))
  return `${JSON.stringify(issues, null, 2)}\n`
}

/** Errors: INVALID_INPUT. */
function written(flag: string, path: string, write: () => void): void {
  try {
    write()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new MhvError('INVALID_INPUT', `--${flag}: ${JSON.stringify(path)} cannot be written (${code}).`, {
      recovery: ['mhv task list --help'],
      data: { field: flag, value: path },
      cause,
    })
  }
}

/** The page without what GitHub has no room for, cut between lines. */
function shortened(page: string): string {
  if (Buffer.byteLength(page) <= LONGEST_PAGE) return page
  const cut = Buffer.from(page).toString('utf8', 0, LONGEST_PAGE)
  return `${cut.slice(0, cut.lastIndexOf('\n'))}\n\n… and more, for which there is no room here\n`
}

/** Where a pipeline looks for what was found: beside a job on GitHub, in a report for GitLab, on a page of the run. */
export function annotate(
  listing: Listing,
  verdict: Verdict | null,
  { annotations: report, summary }: ListFlags,
): void {
  const annotations = annotationsOf(listing, verdict)
  // On standard error, where they are read too and do not get into what is written to a file.
  if (process.env.GITHUB_ACTIONS === 'true') process.stderr.write(workflowCommands(annotations))
  if (typeof report === 'string') {
    const { file } = listing.asked
    // A list of one repository has no file of its own in the project: its log’s, which is at the top of each.
    const about = file === null ? 'mtos.yaml' : relative(process.cwd(), file)
    written('annotations', report, () => writeFileSync(report, codeQualityReport(annotations, about)))
  }
  if (summary !== true) return
  const page = process.env.GITHUB_STEP_SUMMARY
  if (!page) {
    throw new MhvError('USAGE', '--summary is for jobs of GitHub Actions; GITHUB_STEP_SUMMARY is not set.')
  }
  written('summary', page, () => appendFileSync(page, shortened(listingMarkdown(listing))))
}
