import picomatch from 'picomatch'
import type { Gate } from '../../schemas/config.ts'
import type { Moment } from '../../schemas/vocabulary.ts'
import { MhvError, shellWord } from '../errors.ts'
import { visible } from '../printable.ts'
import { nearestWord } from '../query/nearest-word.ts'

/** A file that counts as changed. */
export interface ChangedFile {
  readonly path: string
  /** Whether it is gone; then a gate is run because of it, but not told its name. */
  readonly deleted: boolean
}

export interface PlannedGate {
  readonly gate: Gate
  /** What its shell gets; null where it only reads a report. */
  readonly command: string | null
  /** No changed file is its business. */
  readonly skipped: boolean
  /** Changed files that its command is told, none where it does not ask. */
  readonly files: readonly string[]
}

/** Characters of a command, as it ran, that a result keeps. */
export const LONGEST_KEPT = 4000

/** Stands for the changed files in a command. */
const FILES = '{files}'

const commandOf = (gate: Gate): string | null => gate.command ?? null
/** Whether it is told the names of changed files; then one that is gone is none of its business. */
export const asksForFiles = (gate: Gate) => commandOf(gate)?.includes(FILES) ?? false

/** Whether it has to be known which files changed. */
export const dependsOnFiles = (gates: readonly Gate[]): boolean =>
  gates.some((gate) => gate.files.length > 0 || asksForFiles(gate))

/**
 * The gates that a moment, or names, choose.
 * @param names wins over the moment: whoever names a gate wants it run
 * Errors: UNKNOWN_GATE.
 */
export function chooseGates(
  gates: readonly Gate[],
  moment: Moment,
  names: readonly string[] | undefined,
): Gate[] {
  if (!names) return gates.filter(({ when }) => when.includes(moment))
  const unknown = names.filter((name) => !gates.some((gate) => gate.name === name))
  if (unknown.length > 0) {
    const known = gates.map(({ name }) => name)
    if (known.length === 0) {
      throw new MhvError('UNKNOWN_GATE', `There is no gate ${unknown.join(', ')}: none is configured.`, {
        recovery: ['mhv gate init'],
        data: { unknown, known },
      })
    }
    const meant = nearestWord(unknown[0]!, known)
    const said = `There is no gate ${unknown.join(', ')}; configured are: ${known.join(', ')}.`
    throw new MhvError('UNKNOWN_GATE', meant ? `${said} Did you mean ${meant}?` : said, {
      ...(meant ? { recovery: [`mhv gate run --only ${shellWord(meant)}`, 'mhv config show'] } : {}),
      data: { unknown, known, ...(meant ? { meant } : {}) },
    })
  }
  return gates.filter(({ name }) => names.includes(name))
}

/** Tells whether a changed file is a gate's business. */
export const matcherOf = (gate: Gate): ((path: string) => boolean) => matcher(gate.files)

const WORD = /(?:[^\s'\\]|'[^']*'|\\.)+/gs

/**
 * Tells whether a gate's command, as it ran, looked at a file: one that is told names looks at these alone.
 * @param ran the command with the names in their place; null for a gate that reads a report
 */
export function lookedAt(gate: Gate, ran: string | null): (path: string) => boolean {
  // Of a list that was too long to be kept whole, what is cut off has to be believed.
  if (!asksForFiles(gate) || (ran && ran.length >= LONGEST_KEPT)) return () => true
  const [head = '', ...more] = commandOf(gate)!
    .split(FILES)
    .map((part) => visible(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const [, names = ''] = new RegExp(`^${head}(.*)${more.join('\\1')}$`, 's').exec(ran ?? '') ?? []
  const told = new Set(names.match(WORD))
  return (path) => told.has(visible(wordOf(path, gate.cwd)))
}

/** Whether a path matches one of the globs and none of those that exclude. Without globs that include, all are. */
function matcher(globs: readonly string[]): (path: string) => boolean {
  const including = globs.filter((glob) => !glob.startsWith('!'))
  const excluding = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1))
  const includes = including.length > 0 ? picomatch(including, { dot: true }) : () => true
  const excludes = excluding.length > 0 ? picomatch(excluding, { dot: true }) : () => false
  // To a pattern a line ends at its break, which a name may hold.
  return (path) => {
    const name = path.replaceAll('\n', '\u0001')
    return includes(name) && !excludes(name)
  }
}

/**
 * A path as a word for the shell, relative to where the gate runs. Never one that a program would take for an option.
 */
function wordOf(path: string, cwd: string): string {
  const directory = cwd.split('/').filter((part) => part !== '' && part !== '.')
  const parts = path.split('/')
  let shared = 0
  while (shared < directory.length && shared < parts.length - 1 && directory[shared] === parts[shared])
    shared++
  const relative = [...directory.slice(shared).map(() => '..'), ...parts.slice(shared)].join('/')
  return shellWord(relative.startsWith('-') ? `./${relative}` : relative)
}

/**
 * What each of the chosen gates will run.
 * @param changed the files that count as changed
 */
export function planGates(chosen: readonly Gate[], changed: readonly ChangedFile[]): PlannedGate[] {
  return chosen.map((gate) => {
    const template = commandOf(gate)
    const isChosen = matcher(gate.files)
    const matching = changed.filter(({ path }) => isChosen(path))
    const files = matching.filter(({ deleted }) => !deleted).map(({ path }) => path)
    if (!asksForFiles(gate)) {
      return { gate, command: template, skipped: gate.files.length > 0 && matching.length === 0, files: [] }
    }
    const words = files.map((path) => wordOf(path, gate.cwd)).join(' ')
    return { gate, command: template!.replaceAll(FILES, () => words), skipped: files.length === 0, files }
  })
}
