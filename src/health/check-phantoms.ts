import { posix } from 'node:path'
import type { Config } from '../../schemas/config.ts'
import type { Repository } from '../git/repository.ts'
import {
  type DocumentReference,
  referencesInMakefile,
  referencesInMarkdown,
  referencesInScript,
  referencesInShell,
} from '../query/document-references.ts'
import type { HealthFinding, Severity } from '../query/health.ts'
import { type HeadFiles, ignoredAmong, readHead } from './read-head.ts'

/** Top-level pages, everything in docs, and what configures commands. */
const PAGE = /^(?:(?:README|CONTRIBUTING|AGENTS|CLAUDE)\.md|docs\/.+\.md)$/i
const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/
const isWanted = (path: string) =>
  PAGE.test(path) ||
  WORKFLOW.test(path) ||
  /^(?:Makefile|\.pre-commit-config\.yaml|(?:.*\/)?package\.json)$/.test(path)

/** What a reference can lead to, besides files. */
export interface Known {
  /** The configuration that holds at HEAD; null where it cannot be told. */
  readonly config: Config | null
  /** Whether words after `mhv` are a command of it. */
  readonly isCommand: (words: readonly string[]) => boolean
  /** Whether a repository, this one for null, has a task of a number; undefined where that cannot be told. */
  readonly hasTask: (repository: string | null, number: number) => boolean | undefined
}

/** A reference with the place that it stands in. */
interface Placed {
  readonly reference: DocumentReference
  /** The file, or the part of it, as people know it. */
  readonly where: string
  /** The directory that it is meant from. */
  readonly base: string
  /** What it means that it leads nowhere. */
  readonly severity: Severity
  /** Whether it is a link, for which a page may stand without its ending. */
  readonly isLink?: boolean
}

const placed = (
  references: readonly DocumentReference[],
  where: string,
  base: string,
  severity: Severity,
): Placed[] => references.map((reference) => ({ reference, where, base, severity }))

type Plain = Readonly<Record<string, unknown>>
const record = (value: unknown): Plain =>
  typeof value === 'object' && value !== null ? (value as Plain) : {}
const list = (value: unknown): Plain[] => (Array.isArray(value) ? value.map(record) : [])

function scriptsOf(texts: HeadFiles['texts'], path: string): Plain | null {
  const text = texts.get(path)
  if (text === undefined) return null
  try {
    return record(record(JSON.parse(text)).scripts)
  } catch {
    return null
  }
}

/** The scripts of the nearest package.json upward; null where there is none that can be read. */
function nearestScripts(texts: HeadFiles['texts'], from: string): Plain | null {
  for (let at = from; ; at = posix.dirname(at)) {
    const path = posix.join(at, 'package.json')
    if (texts.has(path)) return scriptsOf(texts, path)
    if (at === '.' || at === '' || at === '/') return null
  }
}

function inPackages({ texts }: HeadFiles): Placed[] {
  return [...texts.keys()]
    .filter((path) => path.endsWith('package.json'))
    .flatMap((path) =>
      Object.entries(scriptsOf(texts, path) ?? {}).flatMap(([name, command]) =>
        placed(
          referencesInShell(String(command)),
          `${path}, script ${name}`,
          posix.dirname(path),
          'critical',
        ),
      ),
    )
}

async function yamlOf(text: string): Promise<Plain> {
  const { parse } = await import('yaml')
  try {
    return record(parse(text, { maxAliasCount: 100, logLevel: 'silent' }))
  } catch {
    return {}
  }
}

async function inWorkflow(path: string, text: string): Promise<Placed[]> {
  const workflow = await yamlOf(text)
  const runsAt = (part: Plain) => record(record(part.defaults).run)['working-directory']
  return Object.entries(record(workflow.jobs)).flatMap(([name, value]) => {
    const job = record(value)
    return list(job.steps).flatMap((step) => {
      const elsewhere = step['working-directory'] ?? runsAt(job) ?? runsAt(workflow)
      if (typeof step.run !== 'string' || elsewhere !== undefined) return []
      return placed(referencesInScript(step.run), `${path}, job ${name}`, '.', 'critical')
    })
  })
}

async function inPreCommit(path: string, text: string): Promise<Placed[]> {
  return list((await yamlOf(text)).repos)
    .filter(({ repo }) => repo === 'local')
    .flatMap(({ hooks }) => list(hooks))
    .filter(
      ({ language, entry }) => ['system', 'script'].includes(String(language)) && typeof entry === 'string',
    )
    .flatMap(({ id, entry }) =>
      placed(referencesInShell(String(entry)), `${path}, hook ${id}`, '.', 'critical'),
    )
}

function inGates({ gates }: Config): Placed[] {
  return gates.flatMap(({ name, command, cwd, required }) => {
    const severity = required ? 'critical' : 'warning'
    const where = `gate ${name}`
    const directory: DocumentReference[] = cwd === '.' ? [] : [{ kind: 'file', path: cwd }]
    return [
      ...placed(directory, where, '.', severity),
      ...placed(referencesInShell(command ?? ''), where, cwd, severity),
    ]
  })
}

async function allReferences(head: HeadFiles, config: Config | null): Promise<Placed[]> {
  const found = [...(config ? inGates(config) : []), ...inPackages(head)]
  for (const [path, text] of head.texts) {
    if (PAGE.test(path)) {
      const page = placed(referencesInMarkdown(text), path, posix.dirname(path), 'warning')
      found.push(...page.map((reference) => ({ ...reference, isLink: true })))
    } else if (WORKFLOW.test(path)) found.push(...(await inWorkflow(path, text)))
    else if (path === 'Makefile') found.push(...placed(referencesInMakefile(text), path, '.', 'critical'))
    else if (path === '.pre-commit-config.yaml') found.push(...(await inPreCommit(path, text)))
  }
  return found
}

/** The path that a reference means, from the top of the repository; null for one that leads out of it. */
function meant(base: string, path: string): string | null {
  const whole = posix.normalize(posix.join(base, path)).replace(/\/$/, '')
  return whole === '..' || whole.startsWith('../') ? null : whole === '.' ? '' : whole
}

const PAGES = ['', '.md', '.mdx', '/index.md', '/README.md']
function isFile({ exists }: HeadFiles, path: string, isLink: boolean | undefined): boolean {
  if (!isLink) return exists(path)
  return [path, path.replace(/\.html$/, '')].some((stem) => PAGES.some((ending) => exists(stem + ending)))
}

/** Why a reference leads nowhere; null where it leads somewhere, or that cannot be told. Files are told about elsewhere. */
function lacking({ reference, base }: Placed, head: HeadFiles, known: Known): [string, string] | null {
  switch (reference.kind) {
    case 'script': {
      const scripts = nearestScripts(head.texts, base)
      if (scripts === null || Object.hasOwn(scripts, reference.name)) return null
      return ['PHANTOM_SCRIPT', `the script ${reference.name}, which package.json does not have`]
    }
    case 'command': {
      const { words } = reference
      if (words.length === 0 || !/^[a-z]/.test(words[0]!) || known.isCommand(words)) return null
      return ['PHANTOM_COMMAND', `mhv ${words.slice(0, 2).join(' ')}, which is no command of mhv`]
    }
    case 'gate': {
      if (!known.config || known.config.gates.some(({ name }) => name === reference.name)) return null
      return ['PHANTOM_GATE', `the gate ${reference.name}, which is not configured`]
    }
    case 'task': {
      const { repository, number } = reference
      if (known.hasTask(repository, number) !== false) return null
      return ['PHANTOM_TASK', `${repository ?? ''}#${number}, which is no task`]
    }
    case 'file':
    case 'program':
      return null
  }
}

/**
 * The path of a file that is referred to and is not there; null where it is, or that cannot be told. A guide's commands are
 * run from the top or beside the page, and mean a file of the repository where that has the directory.
 */
function missing({ reference, base, isLink }: Placed, head: HeadFiles): string | null {
  if (reference.kind === 'file') {
    const path = meant(base, reference.path)
    return path === null || isFile(head, path, isLink) ? null : path
  }
  if (reference.kind !== 'program') return null
  const candidates = ['.', base].flatMap((from) => meant(from, reference.path) ?? [])
  if (candidates.some((path) => head.exists(path))) return null
  return candidates.find((path) => path.includes('/') && head.paths.has(posix.dirname(path))) ?? null
}

/**
 * What a repository's documents and configuration name and is not there, as of HEAD. A file counts as there when HEAD or
 * the work tree has it, or git ignores it.
 * Errors: GIT_FAILED.
 */
export async function phantomFindings(
  name: string,
  repository: Repository,
  known: Known,
): Promise<HealthFinding[]> {
  const head = await readHead(repository, isWanted)
  if (!head) return []
  const all = await allReferences(head, known.config)
  const files = all.flatMap((each) => {
    const path = missing(each, head)
    return path === null ? [] : [{ ...each, path }]
  })
  const ignored = await ignoredAmong(repository, [...new Set(files.map(({ path }) => path))])
  const told = [
    ...files
      .filter(({ path }) => !ignored.has(path))
      .map((each) => ({ ...each, lack: ['PHANTOM_FILE', `${each.path}, which is not there`] as const })),
    ...all.flatMap((each) => {
      const lack = lacking(each, head, known)
      return lack ? [{ ...each, lack }] : []
    }),
  ]
  const findings = told.map(({ where, severity, lack: [code, what] }): HealthFinding => {
    const message = `${name}: ${where} names ${what}.`
    return { code, part: 'phantoms', severity, repository: name, message, fix: [] }
  })
  return [...new Map(findings.map((finding) => [finding.message, finding])).values()]
}
