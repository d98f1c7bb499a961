import { type GateRecord, gateRecord } from '../../schemas/gate-record.ts'
import { MhvError } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import { commitFiles } from '../git/fast-import.ts'
import { type Identity, readIdentity } from '../git/identity.ts'
import { listTree, readObjects } from '../git/objects.ts'
import { readRef, readSwitch } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { GATES_REF, storeDirectory } from './git-store.ts'
import { lockLog } from './lock-log.ts'
import { FORMAT, formatOf, ROOT } from './task-store.ts'
import type { WriteLock } from './write-lock.ts'
import { type Plain, writeYaml } from './yaml-layout.ts'
import { readOwnYaml } from './yaml-reader.ts'

/** Milliseconds for which a record is tried to be written after others were faster. */
const PATIENCE = 30_000

const directoryOf = (tree: string) => `results/${tree.slice(0, 2)}/${tree}`

/** A file of its own for each run and override, never changed, so that a merge of two logs is the union of their files. */
const pathOf = ({ tree, id }: GateRecord) => `${directoryOf(tree)}/${id}.yaml`

/** `Gates passed: lint, test` and trailers, for who reads the log with git. */
function messageOf({ results, override, commit, task }: GateRecord): string {
  const named = (names: readonly string[]) => names.slice(0, 10).join(', ') + (names.length > 10 ? ', …' : '')
  const stopped = results.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'skipped')
  const subject = override
    ? `Gates overridden: ${named(override.gates)}`
    : stopped.length > 0
      ? `Gates failed: ${named(stopped.map(({ gate }) => gate))}`
      : `Gates passed: ${named(results.map(({ gate }) => gate))}`
  return `${subject}\n\nMtos-Commit: ${commit}\n${task ? `Mtos-Task: ${task}\n` : ''}`
}

/** The commit that every log begins with. Errors: STORE_UNWRITABLE, GIT_FAILED. */
async function begin(repository: Repository, lock: WriteLock): Promise<void> {
  // Where somebody else begins it at the same time, it is with the same commit.
  await commitFiles(repository, {
    ref: GATES_REF,
    parents: [],
    identity: ROOT.identity,
    time: ROOT.time,
    message: ROOT.message,
    files: new Map([[ROOT.file, ROOT.content]]),
    onSpawn: (pid) => lock.setGit(pid),
  })
}

/** Errors: NOT_A_LOG for something else than a log, NEWER_FORMAT for one that this version may read but not write. */
async function requireWritable(repository: Repository, tip: string): Promise<void> {
  const [settings] = await readObjects(repository, [`${tip}:${ROOT.file}`])
  const format = settings ? formatOf(settings.toString('utf8')) : null
  const recovery = [`git log --stat ${GATES_REF}`]
  if (format === null) {
    throw new MhvError('NOT_A_LOG', `${GATES_REF} points to something else than a log of gates.`, {
      recovery,
    })
  }
  if (format <= FORMAT) return
  throw new MhvError(
    'NEWER_FORMAT',
    `The log of gates is of format ${format}; this version writes ${FORMAT}.`,
    { recovery },
  )
}

/** Who writes a record, and whether it is signed. */
export interface Signature {
  readonly identity: Identity
  readonly committer: Identity
  readonly sign: boolean
}

/** What git has to be asked for before a record is written; gates take longer than that. Errors: NO_IDENTITY. */
export async function readSignature(repository: Repository): Promise<Signature> {
  const [identity, committer, sign] = await Promise.all([
    readIdentity(repository),
    readIdentity(repository, 'COMMITTER'),
    readSwitch(repository, 'commit.gpgSign'),
  ])
  return { identity, committer, sign }
}

async function appendOnce(
  repository: Repository,
  record: GateRecord,
  signature: Signature,
  lock: WriteLock,
): Promise<boolean> {
  let tip = await readRef(repository, GATES_REF)
  if (!tip) {
    await begin(repository, lock)
    tip = await readRef(repository, GATES_REF)
    if (!tip) return false
  }
  await requireWritable(repository, tip)
  faultPoint('before-gate-record')
  const result = await commitFiles(repository, {
    ref: GATES_REF,
    parents: [tip],
    ...signature,
    time: Math.floor(Date.parse(record.at) / 1000),
    message: messageOf(record),
    files: new Map([[pathOf(record), writeYaml(record as unknown as Record<string, Plain>)]]),
    onSpawn: (pid) => lock.setGit(pid),
  })
  faultPoint('after-gate-record')
  return result !== 'moved'
}

/**
 * Writes a record to the log of gates, as one commit. A record that no reader would take is a bug of the caller.
 * Errors: CONTENTION, NOT_A_LOG, NEWER_FORMAT, NO_IDENTITY, STORE_UNWRITABLE, GIT_FAILED.
 */
export async function appendGateRecord(
  repository: Repository,
  record: GateRecord,
  signature: Signature | Promise<Signature> = readSignature(repository),
): Promise<void> {
  gateRecord.parse(record)
  const signed = await signature
  const lock = await lockLog(repository, storeDirectory(repository))
  try {
    const until = Date.now() + PATIENCE
    for (let pause = 5; ; pause = Math.min(pause * 2, 250)) {
      if (await appendOnce(repository, record, signed, lock)) return
      if (Date.now() > until) {
        throw new MhvError(
          'CONTENTION',
          `The log of gates kept moving, or was locked by git, for ${PATIENCE / 1000} s; nothing was written.`,
        )
      }
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())))
    }
  } finally {
    lock.release()
  }
}

/** Files of a directory as its tree object holds them: mode, name and the raw bytes of an id, one after the other. */
function entriesOf(tree: Buffer, idBytes: number): { name: string; id: string }[] {
  const entries: { name: string; id: string }[] = []
  for (let at = 0; at < tree.length; ) {
    const blank = tree.indexOf(32, at)
    const end = tree.indexOf(0, blank)
    if (blank < 0 || end < 0) break
    const id = tree.toString('hex', end + 1, end + 1 + idBytes)
    entries.push({ name: tree.toString('utf8', blank + 1, end), id })
    at = end + 1 + idBytes
  }
  return entries
}

/** The record in a file, or null: what cannot be read says nothing, and is nobody's obstacle. */
async function parseRecord(text: string, id: string, tree: string): Promise<GateRecord | null> {
  let plain: unknown = readOwnYaml(text)
  try {
    // The fast reader is right only about what our own layout would have written.
    if (!plain || writeYaml(plain as Record<string, Plain>) !== text) {
      const { parse } = await import('yaml')
      plain = parse(text, { maxAliasCount: 0, schema: 'core', logLevel: 'error' })
    }
  } catch {
    return null
  }
  const { success, data } = gateRecord.safeParse(plain)
  return success && data.id === id && data.tree === tree ? data : null
}

/**
 * What the log of gates has on each of the trees, the oldest first; nothing on a tree that it does not know. Whatever is
 * no record is passed over. Errors: GIT_FAILED.
 */
export async function readGateRecords(
  repository: Repository,
  trees: readonly string[],
): Promise<Map<string, GateRecord[]>> {
  const records = new Map<string, GateRecord[]>(trees.map((tree) => [tree, []]))
  const tip = await readRef(repository, GATES_REF)
  if (!tip || records.size === 0) return records
  const asked = [...records.keys()]
  const directories = await readObjects(
    repository,
    asked.map((tree) => `${tip}:${directoryOf(tree)}`),
  )
  const files = asked.flatMap((tree, i) =>
    entriesOf(directories[i] ?? Buffer.alloc(0), tip.length / 2).flatMap(({ name, id: blob }) => {
      const id = /^([0-9A-Z]{26})\.yaml$/.exec(name)?.[1]
      return id ? [{ tree, id, blob }] : []
    }),
  )
  const contents = await readObjects(
    repository,
    files.map(({ blob }) => blob),
  )
  for (const [i, { tree, id }] of files.entries()) {
    const record = contents[i] && (await parseRecord(contents[i].toString('utf8'), id, tree))
    if (record) records.get(tree)!.push(record)
  }
  // By time, then id: a merge may have brought in records that were written in between.
  const order = ({ at, id }: GateRecord) => `${at} ${id}`
  for (const list of records.values()) list.sort((a, b) => (order(a) < order(b) ? -1 : 1))
  return records
}

/**
 * The latest records of the log, the oldest first; none where there is no log. Whatever is no record is passed over.
 * Errors: GIT_FAILED.
 */
export async function latestGateRecords(repository: Repository, most: number): Promise<GateRecord[]> {
  const tip = await readRef(repository, GATES_REF)
  if (!tip) return []
  const files = (await listTree(repository, tip)).flatMap(({ path, id: blob }) => {
    const [, tree, id] = /^results\/[0-9a-f]{2}\/([0-9a-f]+)\/([0-9A-Z]{26})\.yaml$/.exec(path) ?? []
    return tree && id ? [{ tree, id, blob }] : []
  })
  // Ids begin with the time.
  const latest = files.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(-most)
  const contents = await readObjects(
    repository,
    latest.map(({ blob }) => blob),
  )
  const read = latest.map(
    ({ tree, id }, i) => contents[i] && parseRecord(contents[i].toString('utf8'), id, tree),
  )
  return (await Promise.all(read)).filter((record) => record !== null && record !== undefined)
}
