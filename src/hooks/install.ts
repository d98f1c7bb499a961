import { mkdirSync, rmdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { MhvError } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import { gitDirectories, type Repository } from '../git/repository.ts'
import { HANDLED, PASSED_ON, PASSED_ON_IF_THERE } from './hook-names.ts'
import {
  canStandAside,
  hooksPath,
  isOfOurs,
  isOwn,
  isThere,
  namesIn,
  ownDirectory,
  ownPathStep,
  shimAt,
  usualDirectory,
} from './hook-place.ts'
import { type Installation, readInstallation, writeInstallation } from './installation.ts'
import { leadBack, leadHere, leadNowhere } from './lead-here.ts'
import { IDLE_STAMP } from './pass-stamp.ts'
import { isAsWritten, shimText } from './shim.ts'
import { type GivenUp, giveUpPlaces, handOver, takePlace } from './stand-aside.ts'

/** What the hooks start: Node and the program's entry, by paths that need no PATH. */
export interface Program {
  readonly node: string
  readonly entry: string
}

export interface Installed {
  /** Where the hooks are now. */
  readonly directory: string
  /** The directory of the hooks that they stand in front of; null where those are beside them. */
  readonly former: string | null
  readonly changed: boolean
  /** Names under which hooks of ours are kept that somebody had written into. */
  readonly saved: readonly string[]
}

/** What an installation that is here already would be answered with; null where there is none. */
export function installedHooks(repository: Repository): Installed | null {
  const installation = readInstallation(repository)
  if (!installation) return null
  const { place, former } = installation
  const directory = place === 'usual' ? usualDirectory(repository) : ownDirectory(repository)
  return { directory, former: place === 'usual' ? null : former, changed: false, saved: [] }
}

/** Where git would look without us; null for the usual place. */
async function formerPath(repository: Repository): Promise<string | null> {
  const now = await hooksPath(repository)
  if (now !== null && isOfOurs(now)) {
    const installed = readInstallation(repository)
    return installed?.place === 'own' ? installed.former : null
  }
  if (now !== null) return now || '/'
  return canStandAside(repository) ? null : usualDirectory(repository)
}

/** Errors: HOOKS_BROKEN where this worktree's own configuration leads git elsewhere. */
async function requireOnePath(repository: Repository): Promise<void> {
  const step = await ownPathStep(repository.git)
  const now = await hooksPath(repository)
  if (step === null || now === null || isOwn(repository, now)) return
  throw new MhvError(
    'HOOKS_BROKEN',
    `core.hooksPath is ${now} in this worktree's own configuration, which goes before the repository's.`,
    { recovery: [step, 'mhv hooks install'] },
  )
}

/**
 * Installs our hooks, or mends an installation that something has come in the way of; doing it again changes nothing.
 * The hooks that were there run first from then on. A directory that core.hooksPath names is never written to: it may
 * be tracked, made anew at any time, or shared with other repositories.
 * Errors: HOOKS_BROKEN, GIT_FAILED, STORE_UNWRITABLE.
 */
export async function installHooks(repository: Repository, program: Program): Promise<Installed> {
  await requireOnePath(repository)
  const former = await formerPath(repository)
  const facts = { node: program.node, program: program.entry, former, top: repository.mainDirectory }
  const text = (hook: string) => shimText({ ...facts, hook })
  return former === null ? installInPlace(repository, text) : installInFront(repository, former, text)
}

async function installInPlace(repository: Repository, text: (hook: string) => string): Promise<Installed> {
  const directory = usualDirectory(repository)
  const before = readInstallation(repository)
  let changed = false
  const now = await hooksPath(repository)
  if (removeOwnHooks(repository).removed.length > 0 || (now !== null && isOfOurs(now))) {
    if (before) await leadBack(repository, before)
    await leadNowhere(repository)
    changed = true
  }
  const madeDirectory = before?.madeDirectory || !isThere(directory)
  writeInstallation(repository, { place: 'usual', madeDirectory, former: null, local: null, config: null })
  faultPoint('hooks-noted')
  mkdirSync(directory, { recursive: true })
  const taken = HANDLED.map((hook) => takePlace(directory, hook, text(hook)))
  changed ||= taken.some((each) => each.changed)
  return { directory, former: null, changed, saved: taken.flatMap(({ saved }) => saved ?? []) }
}

/** Ours in a directory of their own that git is led to, each passing on to the one of that name where git was led before. */
async function installInFront(
  repository: Repository,
  former: string,
  text: (hook: string) => string,
): Promise<Installed> {
  const directory = ownDirectory(repository)
  const before = readInstallation(repository)
  mkdirSync(directory, { recursive: true })
  const there = namesIn(resolve(repository.mainDirectory, former))
  const passedOn = PASSED_ON_IF_THERE.filter((hook) => there.includes(hook))
  const hooks = [...HANDLED, ...PASSED_ON, ...passedOn]
  const taken = hooks.map((hook) => takePlace(directory, hook, text(hook)))
  let changed = taken.some((each) => each.changed)
  for (const hook of PASSED_ON_IF_THERE) {
    if (passedOn.includes(hook) || !isThere(join(directory, hook))) continue
    rmSync(join(directory, hook))
    changed = true
  }
  const now = await hooksPath(repository)
  if (now === null || !isOwn(repository, now)) {
    if (now !== null && isOfOurs(now)) {
      // From where this repository was before it was moved.
      if (before) await leadBack(repository, before)
      await leadNowhere(repository)
    }
    await leadHere(repository, former, before?.madeDirectory ?? false)
    changed = true
  }
  giveUpUsual(repository, before)
  return { directory, former, changed, saved: taken.flatMap(({ saved }) => saved ?? []) }
}

function giveUpUsual(repository: Repository, before: Installation | null): GivenUp {
  const directory = usualDirectory(repository)
  const given = giveUpPlaces(directory)
  if (before?.madeDirectory) removeIfEmpty(directory)
  return given
}

/** Takes our own directory's hooks away, but for what somebody may have put there, or written into them, since. */
function removeOwnHooks(repository: Repository): GivenUp {
  const directory = ownDirectory(repository)
  const given = giveUpPlaces(directory)
  const written: string[] = []
  for (const hook of [...PASSED_ON, ...PASSED_ON_IF_THERE]) {
    const path = join(directory, hook)
    if (!isThere(path)) continue
    if (isAsWritten(shimAt(path) ?? '')) rmSync(path)
    else written.push(hook)
  }
  return { ...given, written: [...given.written, ...written] }
}

function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory)
  } catch {
    // Somebody else's file is in it, or it is gone.
  }
}

export interface Uninstalled extends GivenUp {
  /** Whether there was anything to take back. */
  readonly changed: boolean
}

/**
 * Takes back what installHooks did, byte for byte. What others have put in the place of our hooks since stays.
 * Errors: GIT_FAILED, STORE_UNWRITABLE.
 */
export async function uninstallHooks(repository: Repository): Promise<Uninstalled> {
  const before = readInstallation(repository)
  // Without a record, hooks of ours in the usual place still tell what to do.
  const usual = giveUpUsual(repository, before)
  if (before) await leadBack(repository, before)
  await leadNowhere(repository)
  faultPoint('hooks-led-back')
  const own = removeOwnHooks(repository)
  if (before?.former && resolve(repository.mainDirectory, before.former) === usualDirectory(repository))
    handOver(ownDirectory(repository), usualDirectory(repository))
  for (const gitDir of gitDirectories(repository)) rmSync(join(gitDir, IDLE_STAMP), { force: true })
  rmSync(join(ownDirectory(repository), 'installed.json'), { force: true })
  removeIfEmpty(ownDirectory(repository))
  return {
    removed: [...new Set([...usual.removed, ...own.removed])],
    // Where none of ours was to be found, a hook in the usual place has nothing to do with us.
    foreign: before?.place === 'usual' ? usual.foreign : [],
    written: [...usual.written, ...own.written],
    left: [...usual.left, ...own.left],
    changed: before !== null || usual.removed.length + own.removed.length > 0,
  }
}
