import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDirectory } from '../config/cache-directory.ts'
import { credentialVariables } from '../git/host-credentials.ts'
import { ownRepository, type Repository } from '../git/repository.ts'
import { isAlive } from '../store/write-lock.ts'

/** Where everything is kept that is known by its URL only. */
export const urlCacheDirectory = () => join(cacheDirectory(), 'repositories')

/** Where what is known of one URL is kept: its repository, and when it was fetched. */
export const entryDirectory = (url: string) =>
  join(urlCacheDirectory(), createHash('sha256').update(url).digest('hex').slice(0, 20))

/** The remote's name in each of these repositories. */
export const REMOTE = 'origin'

const repositoryDirectory = (url: string) => join(entryDirectory(url), 'tasks.git')

const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`

/**
 * Lays out an empty bare repository by files: it is the same whatever templates and formats the user's git begins with,
 * and the URL, which may hold a password, is in a private file and never among the words of a command.
 */
function layOut(directory: string, url: string, format: 'sha1' | 'sha256'): void {
  for (const name of ['objects', 'refs']) mkdirSync(join(directory, name), { recursive: true, mode: 0o700 })
  const extensions = format === 'sha256' ? '[extensions]\n\tobjectFormat = sha256\n' : ''
  const core = `[core]\n\trepositoryFormatVersion = ${format === 'sha256' ? 1 : 0}\n\tbare = true\n`
  const remote = `[remote "${REMOTE}"]\n\turl = ${quoted(url)}\n`
  writeFileSync(join(directory, 'config'), `${core}${extensions}[gc]\n\tauto = 0\n${remote}`, { mode: 0o600 })
  // Last: what is interrupted before is no repository, and is laid out again.
  writeFileSync(join(directory, 'HEAD'), 'ref: refs/heads/none\n')
}

/** The repository of a URL, which may not be there yet. */
export const urlRepository = (url: string): Repository =>
  ownRepository(repositoryDirectory(url), credentialVariables(url, process.env))

/** The same, made where it is not there. Errors: of the file system. */
export function requireUrlRepository(url: string, format: 'sha1' | 'sha256' = 'sha1'): Repository {
  const repository = urlRepository(url)
  if (!existsSync(join(repository.commonDir, 'HEAD'))) layOut(repository.commonDir, url, format)
  return repository
}

/** Takes away what is kept of a URL, all of which can be fetched again. */
export const forgetUrl = (url: string): void =>
  rmSync(entryDirectory(url), { recursive: true, force: true, maxRetries: 2 })

/** Draft repositories of processes that are no more: killed in the middle of a write, which then never took place. */
function removeDeadDrafts(entry: string): void {
  for (const name of readdirSync(entry)) {
    const pid = /^draft-(\d+)-/.exec(name)?.[1]
    if (pid && !isAlive(Number(pid))) rmSync(join(entry, name), { recursive: true, force: true })
  }
}

let drafts = 0

/**
 * A repository beside that of a URL, with its objects and refs of its own: what is written there is seen by nobody until
 * it is on the remote. Whoever makes it removes its directory.
 */
export function draftRepository(url: string): Repository {
  const shared = urlRepository(url)
  const entry = entryDirectory(url)
  removeDeadDrafts(entry)
  const directory = join(entry, `draft-${process.pid}-${++drafts}`)
  const isSha256 = /objectFormat = sha256/.test(readFileSync(join(shared.commonDir, 'config'), 'utf8'))
  layOut(directory, url, isSha256 ? 'sha256' : 'sha1')
  return ownRepository(directory, {
    ...credentialVariables(url, process.env),
    GIT_OBJECT_DIRECTORY: join(shared.commonDir, 'objects'),
  })
}
