import { MhvError } from '../errors.ts'
import type { StoredFile, TreeChange } from '../git/objects.ts'
import { mergeSettings, type Settings } from '../merge/merge-settings.ts'
import { type Clash, uniteLogs } from '../merge/unite-logs.ts'
import { printable } from '../printable.ts'
import { canonicalEvent, type ReadTask, readTaskFile, renderTaskFile } from './task-file.ts'
import { keyOfNode } from './task-path.ts'
import { ROOT } from './task-store.ts'
import { type Plain, writeYaml } from './yaml-layout.ts'

/** Contents of objects, in the order asked for; null for one that is missing. */
export type ReadContents = (ids: readonly string[]) => Promise<readonly (Buffer | null)[]>

export interface MergedTrees {
  /** What to write over the first tree, so that it holds what the second one has as well. */
  readonly files: ReadonlyMap<string, string | StoredFile>
  readonly clashes: readonly Clash[]
}

/**
 * Merges two trees, given what each has changed since a tree that both come from. Any such tree will do, the empty one
 * too: logs only grow, so it decides what need not be read, never what comes out.
 * A file that only one side changed is taken as it is there. One that only one side took away stays: a task goes by an
 * event, and whoever removed its file by hand has no say over the other side's.
 * Errors: NEWER_FORMAT and TASK_UNREADABLE, for a file that both sides changed and that cannot be merged.
 */
export async function mergeTrees(
  first: readonly TreeChange[],
  second: readonly TreeChange[],
  read: ReadContents,
): Promise<MergedTrees> {
  const files = new Map<string, string | StoredFile>()
  const both: { path: string; ours: StoredFile; theirs: StoredFile }[] = []
  const changedThere = new Map(second.map((change) => [change.path, change]))
  for (const { path, before, now } of first) {
    if (now === null && before && !changedThere.has(path)) files.set(path, before)
  }
  const changedHere = new Map(first.map((change) => [change.path, change]))
  for (const { path, now: theirs } of second) {
    if (!theirs) continue
    const ours = changedHere.get(path)?.now
    if (!ours) files.set(path, theirs)
    else if (ours.id !== theirs.id) both.push({ path, ours, theirs })
  }
  const contents = await read(both.flatMap(({ ours, theirs }) => [ours.id, theirs.id]))
  const clashes: Clash[] = []
  for (const [i, { path }] of both.entries()) {
    const ours = contents[2 * i]
    const theirs = contents[2 * i + 1]
    if (!ours || !theirs) throw unmergeable(path, 'its object is missing from the repository')
    const merged = await mergeFile(path, ours.toString('utf8'), theirs.toString('utf8'))
    files.set(path, merged.text)
    clashes.push(...merged.clashes)
  }
  return { files, clashes }
}

async function mergeFile(
  path: string,
  ours: string,
  theirs: string,
): Promise<{ text: string; clashes: readonly Clash[] }> {
  if (path === ROOT.file) {
    const merged = mergeSettings(await readSettings(ours), await readSettings(theirs))
    return { text: writeYaml(merged as Record<string, Plain>), clashes: [] }
  }
  const id = keyOfNode(path)
  if (!id) throw unmergeable(path, 'no task belongs there, and both sides have changed it')
  const [a, b] = [await readMergeable(id, path, ours), await readMergeable(id, path, theirs)]
  const { log, clashes } = uniteLogs(a.log, b.log, canonicalEvent)
  return { text: renderTaskFile(log), clashes }
}

async function readMergeable(id: string, path: string, text: string): Promise<ReadTask> {
  const read = await readTaskFile(id, text)
  if ('unreadable' in read) throw unmergeable(path, read.unreadable)
  if (!read.writable) {
    throw new MhvError(
      'NEWER_FORMAT',
      `Both sides have changed #${read.task.number}, one of them with a newer version of mhv: merging it needs that version.`,
      { data: { task: id } },
    )
  }
  return read
}

async function readSettings(text: string): Promise<Settings> {
  const { parse } = await import('yaml')
  let plain: unknown
  try {
    plain = parse(text, { maxAliasCount: 0, schema: 'core' })
  } catch (error) {
    throw unmergeable(ROOT.file, `it is not YAML: ${printable(String(error).split('\n')[0]!)}`)
  }
  if (plain === null || typeof plain !== 'object' || Array.isArray(plain)) {
    throw unmergeable(ROOT.file, 'it holds no settings')
  }
  return plain as Settings
}

function unmergeable(path: string, why: string): MhvError {
  return new MhvError('TASK_UNREADABLE', `${path} cannot be merged: ${why}.`, { data: { path } })
}
