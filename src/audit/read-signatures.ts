import { availableParallelism } from 'node:os'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import { type AuditFinding, found, shortId } from './audit-finding.ts'
import { isOwnMerge } from './check-commit.ts'
import type { LogCommit } from './log-commit.ts'

export type SignatureState = 'good' | 'bad' | 'unknown' | 'unsigned'

export interface Signature {
  readonly state: SignatureState
  /** Who git says has signed; empty where it cannot tell. */
  readonly signer: string
  /** What identifies the key. */
  readonly key: string
  /** git's own letter for it, as %G? gives it. */
  readonly letter: string
}

export const UNSIGNED: Signature = { state: 'unsigned', signer: '', key: '', letter: 'N' }

/**
 * git's letters. A key that is trusted by nobody here counts as unknown, and so does one that has expired; N stands for
 * a signature too that git has no means to check.
 */
const STATES: Readonly<Record<string, SignatureState>> = { G: 'good', B: 'bad', R: 'bad' }

async function readShare(repository: Repository, ids: readonly string[]): Promise<[string, Signature][]> {
  const form = ['--no-walk=unsorted', '--stdin', '--no-show-signature', '--encoding=UTF-8']
  const fields = '--format=%H%x00%G?%x00%GS%x00%GK'
  const said = await git(['log', ...form, fields], { ...repository.git, input: `${ids.join('\n')}\n` })
  return said.split('\n').flatMap((line) => {
    const [id, letter = 'N', signer = '', key = ''] = line.split('\0')
    return id ? [[id, { state: STATES[letter] ?? 'unknown', signer, key, letter }]] : []
  })
}

/**
 * The signatures of commits that have one, by the commit. Each takes git a process or two of gpg or ssh-keygen, so that
 * as many run as there are cores. Errors: GIT_FAILED.
 */
export async function readSignatures(
  repository: Repository,
  commits: readonly LogCommit[],
): Promise<ReadonlyMap<string, Signature>> {
  const signed = commits.filter(({ isSigned }) => isSigned).map(({ id }) => id)
  if (signed.length === 0) return new Map()
  const size = Math.ceil(signed.length / availableParallelism())
  const shares: string[][] = []
  for (let at = 0; at < signed.length; at += size) shares.push(signed.slice(at, at + size))
  const read = await Promise.all(shares.map((share) => readShare(repository, share)))
  return new Map(read.flat())
}

/** Whether a signer is who the commit says wrote it: a GPG user id, or principals of an SSH key, which may be patterns. */
function isSignedBy(signer: string, email: string): boolean {
  const named = /<([^>]*)>\s*$/.exec(signer)?.[1] ?? signer
  return named.split(',').some((pattern) => {
    const escaped = pattern.trim().replace(/[.+^${}()|[\]\\]/g, '\\$&')
    return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(email)
  })
}

const UNKNOWN: Readonly<Record<string, string>> = {
  U: 'by a key that nobody here has said to trust',
  E: 'by a key that is not here',
  X: 'and has expired',
  Y: 'by a key that has expired',
  N: 'and git has no means to check it',
}

/**
 * What a commit's signature says against it.
 * @param isRequired whether commits that people make have to be signed, by who they say they are
 */
export function signatureFindings(
  commit: LogCommit,
  signature: Signature,
  isRequired: boolean,
): AuditFinding[] {
  const { id, author } = commit
  const who = `${author.name} <${author.email}>`
  const place = { commit: id, fix: `git verify-commit -v ${id}` }
  const severity = isRequired ? 'error' : 'warning'
  switch (signature.state) {
    case 'bad': {
      const message = `The signature of ${shortId(id)} by ${who} is bad: what was signed is something else, or the key was revoked.`
      return [found('SIGNATURE_BAD', 'error', message, place)]
    }
    case 'unknown': {
      const message = `${shortId(id)} by ${who} is signed ${UNKNOWN[signature.letter] ?? 'in a way that git cannot check'}${signature.key ? ` (${signature.key})` : ''}.`
      return [found('SIGNATURE_UNKNOWN', severity, message, place)]
    }
    case 'good': {
      if (isSignedBy(signature.signer, author.email)) return []
      const message = `${shortId(id)} says that ${who} wrote it, and is signed by ${signature.signer}.`
      return [found('SIGNER_DIFFERS', severity, message, place)]
    }
    case 'unsigned': {
      if (!isRequired || commit.parents.length === 0 || isOwnMerge(commit)) return []
      const message = `${shortId(id)} by ${who} is not signed.`
      return [found('SIGNATURE_MISSING', 'error', message, { commit: id, fix: `git show ${id}` })]
    }
  }
}
