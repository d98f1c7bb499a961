import type { Repository } from './repository.ts'
import { git, gitFailure, runGit } from './run.ts'

export interface TreeEntry {
  readonly path: string
  readonly id: string
}

/** A file as a tree holds it: git's mode and the object's id. */
export interface StoredFile {
  readonly mode: string
  readonly id: string
}

export interface TreeChange {
  readonly path: string
  /** null where there was no file. */
  readonly before: StoredFile | null
  /** null where the file is gone. */
  readonly now: StoredFile | null
}

/** All files below a tree or commit. Errors: GIT_FAILED. */
export async function listTree(repository: Repository, tree: string): Promise<TreeEntry[]> {
  const listing = await git(['ls-tree', '-r', '-z', '--full-tree', tree], repository.git)
  return listing.split('\0').flatMap((line) => {
    const match = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line)
    return match ? [{ id: match[1]!, path: match[2]! }] : []
  })
}

const storedFile = (mode: string, id: string): StoredFile | null => (/^0+$/.test(id) ? null : { mode, id })

/** The id of the tree without entries, which git knows without it being stored, in the repository that an id is from. */
export const emptyTree = (id: string) =>
  id.length === 64
    ? '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'
    : '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

/** Whether two commits hold the same files. Errors: GIT_FAILED. */
export async function sameTree(repository: Repository, a: string, b: string): Promise<boolean> {
  if (a === b) return true
  const [one, other] = (await git(['rev-parse', `${a}^{tree}`, `${b}^{tree}`], repository.git)).split('\n')
  return one === other
}

/** sameTree, for who has to know of the same two commits more than once. */
export function treeComparison(repository: Repository): (a: string, b: string) => Promise<boolean> {
  const asked = new Map<string, Promise<boolean>>()
  return (a, b) => {
    const known = asked.get(`${a} ${b}`) ?? sameTree(repository, a, b)
    asked.set(`${a} ${b}`, known)
    return known
  }
}

/** Files that differ between two trees or commits. null when one of them is not here. */
export async function diffTrees(
  repository: Repository,
  from: string,
  to: string,
): Promise<TreeChange[] | null> {
  const args = ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', from, to]
  const result = await runGit(args, repository.git)
  if (result.status !== 0) return null
  const fields = result.stdout.toString('utf8').split('\0')
  const changes: TreeChange[] = []
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [oldMode, newMode, oldId, newId] = fields[i]!.slice(1).split(' ') as [
      string,
      string,
      string,
      string,
    ]
    changes.push({
      path: fields[i + 1]!,
      before: storedFile(oldMode, oldId),
      now: storedFile(newMode, newId),
    })
  }
  return changes
}

/** Contents that stand one after the other in the output of `cat-file --batch`; shorter where the output ends early. */
function parseBatch(output: Buffer, count: number): (Buffer | null)[] {
  const contents: (Buffer | null)[] = []
  let at = 0
  while (contents.length < count) {
    const end = output.indexOf(10, at)
    if (end < 0) break
    const [, kind, size] = output.toString('latin1', at, end).split(' ')
    if (kind === 'missing' || size === undefined) {
      contents.push(null)
      at = end + 1
      continue
    }
    const after = end + 1 + Number(size)
    if (after >= output.length) break
    contents.push(output.subarray(end + 1, after))
    at = after + 1
  }
  return contents
}

/**
 * Contents of objects, in the order asked for; null for one that is missing or damaged. One git process, whatever the
 * number, and one more for each damaged object, at which git gives up.
 */
export async function readObjects(
  repository: Repository,
  ids: readonly string[],
): Promise<(Buffer | null)[]> {
  const args = ['cat-file', '--batch', '--buffer']
  const contents: (Buffer | null)[] = []
  while (contents.length < ids.length) {
    const rest = ids.slice(contents.length)
    const result = await runGit(args, { ...repository.git, input: `${rest.join('\n')}\n` })
    contents.push(...parseBatch(result.stdout, rest.length))
    if (result.status === 0) break
    if (!saysDamaged(result.stderr)) throw gitFailure(args, result)
    contents.push(null)
  }
  return contents
}

const DAMAGED = /corrupt|unpack|inflate|unable to (?:read|stream)|could not read|disappeared|hash mismatch/i

/** Whether git gave up because of an object that is damaged. */
export const saysDamaged = (said: string) => DAMAGED.test(said)

/** Whether everything that a commit reaches and another does not is in the object database. */
export async function isComplete(
  repository: Repository,
  commit: string,
  from: string | null,
): Promise<boolean> {
  const args = ['rev-list', '--objects', '--quiet', commit, ...(from ? ['--not', from] : [])]
  return (await runGit(args, repository.git)).status === 0
}
