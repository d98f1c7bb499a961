import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { entryDirectory } from '../../federation/url-repository.ts'
import { directoriesAround } from '../../git/repository.ts'
import { findReposFile } from '../../repos/find-file.ts'
import { type Member, memberCalled } from '../../repos/member.ts'
import { entriesKnown } from '../../repos/parsed-repos.ts'
import { pathIn } from '../../repos/read-federation.ts'
import { publicUrl } from '../../repos/shown-url.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Word } from './command-table.ts'
import { indexIn } from './tasks-known.ts'

/** The repositories that repos.yaml lists. */
export interface Repositories {
  readonly file: string
  readonly text: string
  readonly members: readonly Member[]
}

/** What the list said when a command parsed it last; nothing where it is new. Errors: NO_FEDERATION. */
export function repositoriesAround(asked: string | null): Repositories {
  const file = findReposFile(process.cwd(), asked ?? undefined)
  if (!file) return { file: '', text: '', members: [] }
  const text = readFileSync(file, 'utf8')
  return { file, text, members: entriesKnown(file, text) }
}

/** Their names, and nicknames. */
export const namesOf = ({ members }: Repositories): Word[] =>
  members.flatMap(({ name, nicknames, description }): Word[] => [
    [name, description],
    ...nicknames.map((nickname) => [nickname, name] as const),
  ])

export const tagsOf = ({ members }: Repositories): Word[] =>
  [...new Set(members.flatMap(({ tags }) => tags))].map((tag) => [tag, ''])

export const rolesOf = ({ members }: Repositories): Word[] =>
  [...new Set(members.flatMap(({ role }) => role ?? []))].map((role) => [role, ''])

/** The index of what is known by its URL only. The list may say it with a password, which is not among what is kept of it. */
function indexOfUrl(text: string, url: string): Snapshot | null {
  const written = [...text.matchAll(/[a-z][a-z\d+.-]*:\/\/[^\s'",}\]]+/gi)].map(([address]) => address)
  for (const address of [url, ...written.filter((one) => one !== url && publicUrl(one) === url)]) {
    const index = indexIn(join(entryDirectory(address), 'tasks.git'))
    if (index) return index
  }
  return null
}

/** The index of the repository of a name; null where there is none. Errors: of the file system. */
export function indexOf(repositories: Repositories, name: string): Snapshot | null {
  const member = memberCalled(repositories, name)
  if (!member) return null
  if (member.path === null) return member.url ? indexOfUrl(repositories.text, member.url) : null
  const directories = directoriesAround(pathIn(repositories.file, member.path))
  return directories && indexIn(directories.commonDir)
}
