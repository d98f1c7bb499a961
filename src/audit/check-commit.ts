import { createHash } from 'node:crypto'
import { MERGE_MESSAGE, ROOT } from '../store/task-store.ts'
import { type AuditFinding, found, shortId } from './audit-finding.ts'
import type { LogCommit } from './log-commit.ts'

const objectId = (algorithm: 'sha1' | 'sha256', kind: string, content: Buffer) =>
  createHash(algorithm).update(`${kind} ${content.length}\0`).update(content)

const { name, email, zone } = ROOT.identity
const IDENTITY = `${name} <${email}>`

/** The id of the commit that every log begins with, in repositories whose ids have this length. */
export function rootId(length: number): string {
  const algorithm = length === 64 ? 'sha256' : 'sha1'
  const file = objectId(algorithm, 'blob', Buffer.from(ROOT.content)).digest()
  const tree = Buffer.concat([Buffer.from(`100644 ${ROOT.file}\0`), file])
  const treeId = objectId(algorithm, 'tree', tree).digest('hex')
  const who = `${IDENTITY} ${ROOT.time} ${zone}`
  const commit = `tree ${treeId}\nauthor ${who}\ncommitter ${who}\n\n${ROOT.message}`
  return objectId(algorithm, 'commit', Buffer.from(commit)).digest('hex')
}

/** Whether a commit is what every clone makes of the same two tips: then nobody has to sign it. */
export function isOwnMerge({ parents, author, committer, message, isSigned }: LogCommit): boolean {
  const [first = '', second = ''] = parents
  const isOurs = author.line === committer.line && author.line.startsWith(`${IDENTITY} `)
  return parents.length === 2 && first < second && isOurs && message === MERGE_MESSAGE && !isSigned
}

/** What is wrong with a commit whatever it changed. */
export function commitFindings(commit: LogCommit): AuditFinding[] {
  const { id, parents, isCut, author } = commit
  const who = `${author.name} <${author.email}>`
  if (isCut) {
    const message = `${shortId(id)} follows commits that are not here: this is a shallow clone, and what came before them was not looked at.`
    return [found('HISTORY_CUT', 'warning', message, { commit: id, fix: 'git fetch --unshallow' })]
  }
  if (parents.length === 0 && id !== rootId(id.length)) {
    const message = `${shortId(id)} by ${who} follows no commit, and is not the one that every log begins with.`
    return [found('ROOT_FOREIGN', 'error', message, { commit: id })]
  }
  if (parents.length > 1 && !isOwnMerge(commit)) {
    const message = `${shortId(id)} by ${who} is a merge that mhv would have made otherwise.`
    return [found('MERGE_FOREIGN', 'warning', message, { commit: id })]
  }
  return []
}
