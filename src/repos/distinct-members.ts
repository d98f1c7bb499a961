import { isAbsolute } from 'node:path'
import { shellWord } from '../errors.ts'
import { sharedDirectory } from '../git/repository.ts'
import type { Fault, Member } from './member.ts'
import { comparableUrl, publicUrl } from './shown-url.ts'

/** What a member has in common with every other entry of the same repository, each with the words for it. */
function marksOf({ path, url }: Member): Map<string, string> {
  const marks = new Map<string, string>()
  const local = url?.replace(/^file:\/\//, '') ?? null
  const isDirectory = local !== null && isAbsolute(local)
  for (const place of [path, isDirectory ? local : null]) {
    if (place !== null) marks.set(sharedDirectory(place), 'is the same repository as')
  }
  if (url !== null && !isDirectory) marks.set(comparableUrl(url), `has the same url ${publicUrl(url)} as`)
  return marks
}

/** Whether two are one repository: by their directory, through whichever worktree, or by their URL. */
export function isSamePlace(one: Member, other: Member): boolean {
  const marks = marksOf(one)
  return [...marksOf(other).keys()].some((mark) => marks.has(mark))
}

/**
 * The members, each repository once: of two entries of one the first counts, or its tasks would be counted twice. It goes
 * by the names of the other too, which references may be stored with.
 * @returns also what is to be told of the others
 */
export function distinctMembers(members: readonly Member[]): { members: Member[]; faults: Fault[] } {
  const owners = new Map<string, Member>()
  const names = new Map<Member, string[]>()
  const faults: Fault[] = []
  for (const member of members) {
    const marks = marksOf(member)
    const known = [...marks].find(([mark]) => owners.has(mark))
    const owner = known ? owners.get(known[0])! : member
    for (const mark of marks.keys()) if (!owners.has(mark)) owners.set(mark, owner)
    if (!known) names.set(member, [...member.nicknames])
    else {
      names.get(owner)!.push(member.name, ...member.nicknames)
      faults.push({
        entry: member.name,
        message: `${known[1]} ${owner.name}`,
        step: `mhv repos remove ${shellWord(member.name)}`,
      })
    }
  }
  return { members: [...names].map(([member, nicknames]) => ({ ...member, nicknames })), faults }
}
