import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { homeDirectory } from '../home-directory.ts'
import { sayWhatIsDone } from '../say-what-is-done.ts'
import { distinctMembers } from './distinct-members.ts'
import type { Federation, Member } from './member.ts'
import type { Unreadable, WrittenEntry, WrittenRepos } from './parse-repos.ts'
import { keepParsed, readParsed } from './parsed-repos.ts'

/** A path as the file means it: below the user's home, or relative to the file's directory. */
export const pathIn = (file: string, path: string) =>
  resolve(dirname(file), path === '~' || path.startsWith('~/') ? `${homeDirectory()}${path.slice(1)}` : path)

/** Whether git takes an address for a path: neither `scheme://…` nor ssh's `host:path`. */
export const isLocalAddress = (url: string) => !/^[^/]*:/.test(url)

function memberOf(file: string, entry: WrittenEntry): Member {
  const { path, url } = entry
  return {
    ...entry,
    path: path === null ? null : pathIn(file, path),
    url: url === null ? null : isLocalAddress(url) ? pathIn(file, url) : url,
  }
}

const unreadable = (file: string, { why, line }: Unreadable) =>
  new MhvError('REPOS_INVALID', `${file}${line === null ? '' : `:${line}`} cannot be read: ${why}.`, {
    recovery: [`sed -n ${line ?? '1,20'}p ${shellWord(file)}`, `\${EDITOR:-vi} ${shellWord(file)}`],
    data: { file, ...(line === null ? {} : { line }) },
  })

/** What a text says that is a file's, or is to be, with every entry. Errors: REPOS_INVALID. */
export async function federationIn(file: string, text: string): Promise<Federation> {
  const { parseRepos } = await import('./parse-repos.ts')
  const repos = parseRepos(text)
  if ('why' in repos) throw unreadable(file, repos)
  return asFederation(file, repos)
}

const asFederation = (file: string, { entries, faults }: WrittenRepos): Federation => ({
  file,
  members: entries.map((entry) => memberOf(file, entry)),
  faults,
})

function withoutDoubles({ file, members, faults }: Federation): Federation {
  const distinct = distinctMembers(members)
  return { file, members: distinct.members, faults: [...faults, ...distinct.faults] }
}

/**
 * Reads the file that lists the repositories. An entry that cannot be read, or is of a repository that was listed before,
 * is passed over and named among the faults.
 * Errors: REPOS_INVALID where the file as a whole cannot be read.
 */
export async function readFederation(file: string): Promise<Federation> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
    sayWhatIsDone(() => `read ${file}`)
  } catch (error) {
    const why = (error as Error).message.split(',')[0]!
    throw new MhvError('REPOS_INVALID', `${file} cannot be read: ${why}.`, {
      recovery: [`ls -ld ${shellWord(file)}`],
      data: { file },
      cause: error,
    })
  }
  const known = readParsed(file, text)
  if (known) return withoutDoubles(asFederation(file, known))
  // Parser and validator take longer to load than fifty repositories to list.
  const { parseRepos } = await import('./parse-repos.ts')
  const repos = parseRepos(text)
  if ('why' in repos) throw unreadable(file, repos)
  keepParsed(file, text, repos)
  return withoutDoubles(asFederation(file, repos))
}
