import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, resolve } from 'node:path'
import { MhvError } from '../errors.ts'
import { printable } from '../printable.ts'
import type { Fault, Federation, Member } from './member.ts'

/** A path as the file means it: below the user's home, or relative to the file's directory. */
export const pathIn = (file: string, path: string) =>
  resolve(dirname(file), path === '~' || path.startsWith('~/') ? `${homedir()}${path.slice(1)}` : path)

/** Takes names that an earlier entry has from later ones, and says so: a name has to mean one repository. */
function withoutDoubles(members: readonly Member[]): { members: Member[]; faults: Fault[] } {
  const owners = new Map<string, string>()
  const faults: Fault[] = []
  const kept: Member[] = []
  for (const member of members) {
    if (owners.get(member.name.toLowerCase()) === member.name) {
      faults.push({ entry: member.name, message: 'is there twice; the first entry counts' })
      continue
    }
    owners.set(member.name.toLowerCase(), member.name)
    kept.push(member)
  }
  const settled = kept.map((member) => {
    const nicknames = member.nicknames.filter((nickname) => {
      const owner = owners.get(nickname.toLowerCase())
      if (owner !== undefined && owner !== member.name) {
        faults.push({ entry: member.name, message: `its nickname ${nickname} is ${owner}’s already` })
        return false
      }
      owners.set(nickname.toLowerCase(), member.name)
      return true
    })
    return { ...member, nicknames }
  })
  return { members: settled, faults }
}

/**
 * Reads the file that lists the repositories. An entry that cannot be read is passed over and named among the faults.
 * Errors: REPOS_INVALID where the file as a whole cannot be read.
 */
export async function readFederation(file: string): Promise<Federation> {
  const [{ parse }, { repositoryEntry, reposFile }] = await Promise.all([
    import('yaml'),
    import('../../schemas/repos.ts'),
  ])
  const invalid = (why: string, cause?: unknown) =>
    new MhvError('REPOS_INVALID', `${file} cannot be read: ${why}.`, { data: { file }, cause })
  let plain: unknown
  try {
    plain = parse(readFileSync(file, 'utf8'), { schema: 'core', maxAliasCount: 100, logLevel: 'error' })
  } catch (error) {
    throw invalid(printable((error as Error).message.split('\n')[0]!.replace(/[.:]$/, '')), error)
  }
  const whole = reposFile.safeParse(plain ?? {})
  if (!whole.success) throw invalid('it has no list of repositories called repos')
  const faults: Fault[] = []
  const members = whole.data.repos.flatMap((entry, i): Member[] => {
    const read = repositoryEntry.safeParse(entry)
    if (!read.success) {
      const { path, message } = read.error.issues[0]!
      const name = (entry as { name?: unknown } | null)?.name
      faults.push({
        entry: typeof name === 'string' ? printable(name) : `entry ${i + 1}`,
        message: [path.join('.'), message].filter(Boolean).join(' '),
      })
      return []
    }
    const { name, nickname, nicknames, role, tags, path, url, description } = read.data
    return [
      {
        name,
        nicknames: [...new Set([...(nickname === undefined ? [] : [nickname]), ...nicknames])],
        role: role ?? null,
        tags,
        path: path === undefined ? null : pathIn(file, path),
        url: url ?? null,
        description: description ?? '',
      },
    ]
  })
  const single = withoutDoubles(members)
  return { file, members: single.members, faults: [...faults, ...single.faults] }
}
