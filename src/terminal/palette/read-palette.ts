import { relative } from 'node:path'
import { MhvError } from '../../errors.ts'
import { type Repository, repositoryName } from '../../git/repository.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { CorruptIndex } from '../../snapshot/snapshot.ts'
import { currentTask } from '../../worktrees/current-task.ts'
import { worktreePlaces } from '../../worktrees/worktree-places.ts'
import { repositoryAround } from '../places/repository-around.ts'
import { BEFORE_TASKS, commandEntries, commandNames, wordCounts } from './command-entries.ts'
import type { Entry } from './entry.ts'
import type { PaletteLists } from './list-entries.ts'
import type { ManifestCommand } from './manifest.ts'
import { otherPlaces } from './other-places.ts'
import { readHistory } from './palette-history.ts'
import { onlyReads } from './reading-commands.ts'
import { type PalettePlace, taskEntries } from './task-entries.ts'
import { commandTyped } from './typed-line.ts'
import { warmTasks } from './warm-tasks.ts'

/** How many tasks are read before the first screen is shown. */
const AT_FIRST = 10

/** What is shown, and what is to be said about it. */
export interface PaletteContent {
  readonly lists: PaletteLists
  /** Why something is missing or old. */
  readonly notes: readonly string[]
  /** Key of the task whose branch is checked out here; null where there is none, and before all is read. */
  readonly current: string | null
}

export interface Palette extends PaletteContent {
  readonly repository: Repository | null
  /** Lines that ran before, wherever that was, the newest first. */
  readonly history: readonly string[]
  /** All tasks, those of other repositories too: read once something is on the screen. */
  readonly all: () => Promise<PaletteContent>
}

function worktreeEntries(repository: Repository, snapshot: Snapshot | null): Entry[] {
  return worktreePlaces(repository).map(({ path, branch, madeFor }) => {
    const slot = madeFor === null ? undefined : snapshot?.slotOfId(madeFor)
    const task = slot === undefined ? '' : `#${snapshot!.number(slot)} ${snapshot!.head(slot).title}`
    const there = relative(process.cwd(), path) || '.'
    return {
      kind: 'worktree',
      text: branch ?? 'detached',
      aside: `${there}${task === '' ? '' : `  ${task}`}`,
      names: [],
      chosen: { does: 'go', directory: path },
    }
  })
}

/** Something that is shown only where nothing is wrong with what it is read from. */
function unlessDamaged<T>(read: () => T, otherwise: T, notes: string[]): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof CorruptIndex)) throw error
    notes.push('the index is damaged: mhv tl makes it anew')
    return otherwise
  }
}

/** The repository around, whatever keeps git from it. */
async function around(notes: string[]): Promise<Repository | null> {
  try {
    return await repositoryAround()
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    notes.push(error.message)
    return null
  }
}

/** Lines that ran in the repository, as they ran. */
function recentEntries(lines: readonly string[], names: PaletteLists['names']): Entry[] {
  return lines.flatMap((line) => {
    const typed = commandTyped(line, names)
    if (!typed) return []
    const { id, argv } = typed
    const isCompletedFirst = !onlyReads(id)
    const chosen = { does: 'run', argv } as const
    return [{ kind: 'recent', text: line, aside: '', names: [], line, isCompletedFirst, chosen }]
  })
}

/** What the palette shows at first, and what it finds things in later. */
export async function readPalette(commands: Readonly<Record<string, ManifestCommand>>): Promise<Palette> {
  const notes: string[] = []
  const repository = await around(notes)
  const history = readHistory()
  const where = repository?.mainDirectory ?? ''
  const names = commandNames(commands)
  const own = repository && (await warmTasks(repository, 'this repository'))
  if (own?.note) notes.push(own.note)
  const keepsTasks = own !== null && (own.snapshot !== null || own.note !== null)
  if (own && !keepsTasks) notes.push('this repository keeps no tasks yet: mhv init')
  if (!repository && notes.length === 0) notes.push('this is no repository')
  const places: PalettePlace[] =
    repository && own?.snapshot
      ? [{ name: repositoryName(repository), nicknames: [], prefix: '', snapshot: own.snapshot }]
      : []
  const lists: PaletteLists = {
    recent: recentEntries(
      history.filter((kept) => kept.where === where && !kept.hasFailed).map(({ line }) => line),
      names,
    ),
    commands: keepsTasks ? commandEntries(commands) : commandEntries(commands, BEFORE_TASKS),
    tasks: unlessDamaged(() => taskEntries(places, AT_FIRST), [], notes),
    worktrees: repository
      ? unlessDamaged(() => worktreeEntries(repository, own?.snapshot ?? null), [], notes)
      : [],
    names,
    counts: wordCounts(commands),
  }
  const all = async () => {
    const others = await otherPlaces(repository)
    const said = [...notes, ...others.notes]
    const tasks = unlessDamaged(() => taskEntries([...places, ...others.places]), lists.tasks, said)
    const id = repository && (await currentTask(repository))
    const current = id ? `${repositoryName(repository)}/${id}` : null
    return { lists: { ...lists, tasks }, notes: said, current }
  }
  const lines = [...new Set(history.map(({ line }) => line))]
  return { lists, notes, current: null, repository, history: lines, all }
}
