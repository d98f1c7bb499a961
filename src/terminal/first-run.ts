import { dirname, join } from 'node:path'
import { changeHooks } from '../change-hooks.ts'
import { MhvError, shellWord } from '../errors.ts'
import { findTrackers, importSteps, importWords, isOfTracker, type OfTracker } from '../find-trackers.ts'
import { type Identity, readIdentity } from '../git/identity.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import { namesIn, usualDirectory } from '../hooks/hook-place.ts'
import { installHooks } from '../hooks/install.ts'
import { readInstallation } from '../hooks/installation.ts'
import { hooksStatus } from '../hooks/status.ts'
import { importTasks } from '../import-tasks.ts'
import { printable } from '../printable.ts'
import { addFound } from '../repos/add-found.ts'
import { findReposFile } from '../repos/find-file.ts'
import type { TaskStore } from '../store/task-store.ts'
import { foundLine } from '../tracker-input.ts'
import { inForeground } from './asking/foreground.ts'
import type { Asker } from './asking/questions.ts'
import { environmentFor } from './environment.ts'
import { importInput } from './exchange/import-input.ts'
import { deletedLines } from './exchange/report-import.ts'
import { aside, heed } from './output/output-mode.ts'
import { ownProgram } from './own-program.ts'

/** Asks whether something may be done. */
type Agree = (question: string) => Promise<boolean>

/** How many directories down from the one beside this repository others are looked for. */
const NEIGHBOURS = 1

/** What is wrong with an answer, or true: git would leave these signs out, and sign by something else than what was typed. */
const judgeBy = (field: string, fits: RegExp, rule: string, example: string) => (answer: string) =>
  fits.test(answer.trim()) ||
  `The ${field} “${printable(answer, 60)}” ${rule}, as in ${example}. Ctrl-C leaves.`
const judgeName = judgeBy(
  'name',
  /^[^<>\n]*[^<>\s.,:;"'\\][^<>\n]*$/,
  'has to be one, without < and >',
  'Ann Lee',
)
const judgeEmail = judgeBy(
  'e-mail address',
  /^[^\s<>@]+@[^\s<>@]+$/,
  'has to have one @ and no blank',
  'ann@example.com',
)

/** Who changes are signed by; null where git knows nobody. */
async function identityOf(repository: Repository): Promise<Identity | null> {
  try {
    return await readIdentity(repository)
  } catch (error) {
    if (error instanceof MhvError && error.error === 'NO_IDENTITY') return null
    throw error
  }
}

const UNKNOWN =
  'git does not know who you are, which changes need: git config user.name "…" and user.email "…"'

/** Who changes are signed by. Where git knows nobody, a name is asked for and kept for this repository. */
export async function settleIdentity(repository: Repository, asker: Asker | null): Promise<void> {
  const known = await identityOf(repository)
  if (known) aside(`Changes are signed by ${known.name} <${known.email}>, as git has it.`)
  else if (asker === null) {
    aside(UNKNOWN)
  } else {
    const ask = async (message: string, judge: (answer: string) => true | string) =>
      (await asker.text({ message, current: '', judge })).trim()
    const name = await ask(
      'git does not know you. Your name (Enter: another time)',
      (answer) => answer.trim() === '' || judgeName(answer),
    )
    if (name === '') return aside(UNKNOWN)
    const email = await ask('Your e-mail address', judgeEmail)
    await git(['config', 'user.name', name], repository.git)
    await git(['config', 'user.email', email], repository.git)
    aside(`Changes in this repository are signed by ${name} <${email}>.`)
  }
}

/** Lists the repositories beside this one, in the list that there is or in a new one beside them. Errors: those of addFound. */
export async function offerNeighbours(repository: Repository, agree: Agree): Promise<void> {
  const directory = dirname(repository.mainDirectory)
  const known = findReposFile(repository.mainDirectory)
  const file = known ?? join(directory, 'repos.yaml')
  const wish = { directory, depth: NEIGHBOURS, urls: false }
  const { added, listed } = await addFound(file, { ...wish, dryRun: true })
  const step = `mhv repos discover ${shellWord(directory)} --depth ${NEIGHBOURS}`
  if (known) aside(`${file} lists ${count(listed, 'repository', 'repositories')}.`)
  // A list of this repository alone would say nothing.
  if (added.length < (known ? 1 : 2))
    return aside(known ? 'None beside them is missing.' : 'None lies beside this one.')
  const names = added.map(({ name }) => name).join(', ')
  if (await agree(`List ${names} in ${file}, so that they are seen as one?`)) {
    await addFound(file, { ...wish, dryRun: false })
    aside(`Listed ${names} in ${file}. All of their tasks: mhv tl --all`)
  } else aside(`Another time: ${step}`)
}

const count = (n: number, one: string, many = `${one}s`) => (n === 1 ? `1 ${one}` : `${n} ${many}`)

/** Hooks that are here already, by their names; samples of git's are none. */
const hooksHere = (repository: Repository): string[] =>
  namesIn(usualDirectory(repository)).filter((name) => !name.endsWith('.sample'))

/** Installs the git hooks where that is agreed to; never unasked. Errors: those of installHooks. */
export async function offerHooks(repository: Repository, agree: Agree | null): Promise<void> {
  if (readInstallation(repository)) return offerMending(repository, agree)
  const here = hooksHere(repository)
  const after = here.length === 0 ? '' : `, after your own (${here.join(', ')})`
  if (!(await agree?.(`Install git hooks that run gates and keep worktrees tidy${after}?`))) {
    return aside('Git hooks that run gates on commits and pushes: mhv hooks install')
  }
  const { directory, former } = await changeHooks(repository, () => installHooks(repository, ownProgram()))
  const own = former === null && here.length > 0 ? ` Your own (${here.join(', ')}) run first, as before.` : ''
  aside(`Installed the git hooks in ${directory}.${own}${firstRun(former)}`)
}

const firstRun = (former: string | null) =>
  former === null ? '' : ` Those in ${former} run first, as before.`

/** Puts hooks back that another tool has led git away from, as Husky does at every install, where that is agreed to. */
async function offerMending(repository: Repository, agree: Agree | null): Promise<void> {
  const isAlive = async () => (await hooksStatus(repository)).alive
  if (await isAlive()) return agree ? aside('The git hooks are installed.') : undefined
  if (!(await agree?.('Git does not run all of the hooks that were installed. Put them back?'))) {
    return aside('Git does not run all of the hooks that were installed: mhv hooks install')
  }
  const mended = await changeHooks(repository, () => installHooks(repository, ownProgram()))
  const { directory, former, saved } = mended
  if (saved.length > 0) heed(`Hooks of mhv that were written into are kept as ${saved.join(', ')}.`)
  // What a worktree's own configuration says cannot be mended from here.
  if (!(await isAlive())) return heed('The git hooks do not run in every worktree: mhv hooks status')
  aside(`Put back the git hooks, which git did not run any more, in ${directory}.${firstRun(former)}`)
}

/**
 * What an import would bring; null where it cannot be done.
 * Errors: those of importTasks but for what is wrong with the file.
 */
async function planned(store: TaskStore, directory: string, { tracker, path }: OfTracker) {
  try {
    const input = await importInput(join(directory, path), tracker, null)
    if (!('file' in input)) return null
    const environment = environmentFor(await store.identity())
    return await importTasks(store, environment, { ...input, source: null, dryRun: true })
  } catch (error) {
    if (error instanceof MhvError && ['INVALID_INPUT', 'IMPORT_REJECTED'].includes(error.error)) return null
    throw error
  }
}

/** Imports what other trackers keep here where that is agreed to; else says how. Files of one's own may be anything. */
export async function offerImports(
  repository: Repository,
  store: TaskStore,
  agree: Agree | null,
): Promise<void> {
  const { workTree } = repository
  if (workTree === null) return
  const all = (await findTrackers(workTree)).filter(isOfTracker)
  const isKnown = all.length > 0 && (await identityOf(repository)) !== null
  for (const found of all) {
    const line = foundLine(found)
    const isReady = found.step === null && found.count !== null
    const steps = importSteps(found).join(' && ')
    if (isReady && agree && !isKnown) {
      aside(`${line}: not imported, since git does not know you. Once it does: mhv init --yes`)
      aside(`  or this alone: ${steps}`)
      continue
    }
    const plan = isReady && isKnown ? await planned(store, workTree, found) : null
    if (plan?.tasks.length === 0) {
      const none = plan.deleted.length === 0 ? 'all of them are here.' : 'nothing to import.'
      for (const said of [`${line}: ${none}`, ...deletedLines(plan)]) aside(said)
    } else if (plan && (await agree?.(`Import ${line}?`))) {
      const { node, entry } = ownProgram()
      inForeground('exec "$@"', [node, entry, ...importWords(found)], { cwd: workTree })
    } else aside(`${line}: ${steps}`)
  }
}
