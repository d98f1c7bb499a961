import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { MhvError } from '../../src/errors.ts'
import { readRef } from '../../src/git/refs.ts'
import { findRepository, type Repository } from '../../src/git/repository.ts'
import { handle, type Request } from '../../src/handle.ts'
import { openGitStore, TASKS_REF } from '../../src/store/git-store.ts'
import { initialise } from '../../src/store/initialise.ts'
import { memoryObjects } from '../../src/store/memory-objects.ts'
import {
  beginInMemory,
  cloneInMemory,
  type MemoryRepository,
  memoryRepository,
  openMemoryStore,
} from '../../src/store/memory-store.ts'
import type { TaskStore } from '../../src/store/task-store.ts'
import type { Command } from '../../src/tasks/decide.ts'
import type { Environment } from '../../src/tasks/seal.ts'
import { git, temporaryDirectory } from '../support/repository.ts'

/** A repository of either kind, with what the contract needs besides the store: foreign hands, clones and fetches. */
export interface StoreHarness {
  /** Ids and times for writes, shared with the clones. */
  readonly environment: Environment
  /** A handle on the log as a process of its own would have it. */
  open(): TaskStore
  begin(): Promise<void>
  tip(): Promise<string | null>
  treeId(tip: string): Promise<string>
  parents(tip: string): Promise<readonly string[]>
  /** The text of a file at the tip. */
  read(path: string): Promise<string>
  /** Commits files past every check; null takes one away. On no tip it makes a root of its own. */
  put(files: Readonly<Record<string, string | null>>): Promise<string>
  moveTo(tip: string | null): Promise<void>
  clone(): Promise<StoreHarness>
  /** Brings the objects of another clone's log here and returns its tip. */
  fetch(from: StoreHarness): Promise<string>
}

/** Shared by all, so that any two can exchange, as any two directories on a disk can. */
const OBJECTS = memoryObjects()

export function memoryHarness(
  repository: MemoryRepository = memoryRepository('memory', OBJECTS),
  environment = countingEnvironment(),
): StoreHarness {
  const { objects } = repository
  return {
    environment,
    open: () => openMemoryStore(repository),
    begin: async () => beginInMemory(repository),
    tip: async () => repository.tip,
    treeId: async (tip) => objects.commit(tip).treeId,
    parents: async (tip) => objects.commit(tip).parents,
    read: async (path) =>
      objects.read([objects.commit(repository.tip!).files.get(path)!.id])[0]!.toString('utf8'),
    async put(files) {
      const parents = repository.tip ? [repository.tip] : []
      const texts = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null)
      const removed = Object.keys(files).filter((path) => files[path] === null)
      const foreign = { name: 'Eve', email: 'eve@example.com', zone: '+0000' }
      const request = { parents, identity: foreign, time: 1_800_000_000, message: 'By hand\n' }
      repository.tip = objects.write({ ...request, files: new Map(texts), removed }).id
      return repository.tip
    },
    async moveTo(tip) {
      repository.tip = tip
    },
    clone: async () => memoryHarness(cloneInMemory(repository), environment),
    fetch: async (from) => (await from.tip())!,
  }
}

export interface GitHarness extends StoreHarness {
  readonly directory: string
  readonly repository: Repository
  clone(): Promise<GitHarness>
}

export async function gitHarness(
  environment = countingEnvironment(),
  ...initArguments: string[]
): Promise<GitHarness> {
  const directory = join(temporaryDirectory(), 'memory')
  execFileSync('git', ['init', '--quiet', '--bare', ...initArguments, directory])
  return harnessOf(directory, await findRepository(directory), environment)
}

function harnessOf(directory: string, repository: Repository, environment: Environment): GitHarness {
  const tip = () => readRef(repository, TASKS_REF)
  return {
    directory,
    repository,
    environment,
    open: () => openGitStore(repository, { name: 'memory' }),
    begin: async () => void (await initialise(repository)),
    tip,
    treeId: async (commit) => git(directory, 'rev-parse', `${commit}^{tree}`),
    parents: async (commit) => git(directory, 'log', '-1', '--format=%P', commit).split(' ').filter(Boolean),
    read: async (path) =>
      execFileSync('git', ['show', `${TASKS_REF}:${path}`], { cwd: directory, encoding: 'utf8' }),
    async put(files) {
      const from = await tip()
      const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`
      const changes = Object.entries(files).map(([path, text]) =>
        text === null ? `D ${path}\n` : `M 100644 inline ${path}\n${data(text)}`,
      )
      const input = [
        `commit ${TASKS_REF}\ncommitter Eve <eve@example.com> 1800000000 +0000\n${data('By hand\n')}`,
        from ? `from ${from}\n` : '',
        ...changes,
        'done\n',
      ].join('')
      execFileSync('git', ['fast-import', '--quiet', '--done'], { cwd: directory, input })
      return (await tip())!
    },
    async moveTo(to) {
      git(directory, 'update-ref', ...(to ? [TASKS_REF, to] : ['-d', TASKS_REF]))
    },
    async clone() {
      const format = git(directory, 'rev-parse', '--show-object-format')
      const copy = await gitHarness(environment, `--object-format=${format}`)
      git(copy.directory, 'fetch', '--quiet', directory, `+${TASKS_REF}:${TASKS_REF}`)
      return copy
    },
    async fetch(from) {
      const ref = 'refs/mtos/remotes/other/tasks'
      git(directory, 'fetch', '--quiet', (from as GitHarness).directory, `+${TASKS_REF}:${ref}`)
      return git(directory, 'rev-parse', ref)
    },
  }
}

/** An environment whose ids and times are the same in every run: ids are ULIDs that count. */
export function countingEnvironment(actor = 'Ann <ann@example.com>'): Environment {
  let count = 0
  return {
    actor,
    get now() {
      return new Date(Date.UTC(2026, 10, 20, 10) + count * 1000).toISOString()
    },
    newId: () => countedId(++count),
  }
}

/** Spread by the last characters, as real ULIDs are, so that trees have several levels. */
export const countedId = (n: number) =>
  `01KT${String(n).padStart(19, '0')}${((n * 7919) % 1000).toString().padStart(3, '0')}`

/** The name of the error that a promise is refused with; anything else that it throws as it is; null for neither. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
    return null
  } catch (error) {
    return error instanceof MhvError ? error.error : error
  }
}

/** Creates a task through the one write path and returns its id. */
export async function create(
  harness: StoreHarness,
  title: string,
  environment = harness.environment,
): Promise<string> {
  const id = environment.newId()
  const commands = (): Command[] => [{ kind: 'CreateTask', id, data: { title } }]
  await handle(harness.open(), { targets: [], create: id, commands }, environment)
  return id
}

/** Gives tasks commands through the one write path. */
export function change(
  harness: StoreHarness,
  ids: readonly string[],
  commands: readonly Command[],
  environment = harness.environment,
) {
  const request: Request = { targets: ids, commands: () => commands }
  return handle(harness.open(), request, environment)
}
