import { MhvError, shellWord } from '../errors.ts'
import { nearestWord } from '../query/nearest-word.ts'

/** A repository of a federation, as its file has it. */
export interface Member {
  /** The name that references are stored with. */
  readonly name: string
  readonly nicknames: readonly string[]
  readonly role: string | null
  readonly tags: readonly string[]
  /** Absolute; null for one that is known by its URL only. */
  readonly path: string | null
  readonly url: string | null
  readonly description: string
}

/** An entry that was passed over, or a name that two have. */
export interface Fault {
  /** What people look for in the file: a name, or `entry 3`. */
  readonly entry: string
  readonly message: string
  /** What mends it, where a command does. */
  readonly step?: string
}

/** What the repository around is called by its directory, where the file calls another one so. */
export interface TwoMeanings {
  readonly word: string
  /** The main directory of the repository around. */
  readonly here: string
  /** What the file has for the repository around; null where it does not list it. */
  readonly own: Member | null
  readonly other: Member
}

export interface Federation {
  /** Absolute path of the file. */
  readonly file: string
  /** In the order of the file. */
  readonly members: readonly Member[]
  readonly faults: readonly Fault[]
  /** Set where somebody stands in a repository whose name is another's. */
  readonly twoMeanings?: TwoMeanings
}

/** Whether a member is called so, by name or nickname, in whichever case. */
const isCalled = ({ name, nicknames }: Member, word: string) =>
  [name, ...nicknames].some((own) => own.toLowerCase() === word.toLowerCase())

/** The member of a name, or else of a nickname; undefined where none is called so. */
export const memberCalled = ({ members }: Pick<Federation, 'members'>, word: string): Member | undefined =>
  members.find(({ name }) => name === word) ?? members.find((member) => isCalled(member, word))

/** The name or nickname that was probably meant by one that none has. */
export const nameMeant = ({ members }: Federation, word: string): string | null =>
  nearestWord(
    word,
    members.flatMap(({ name, nicknames }) => [name, ...nicknames]),
  )

/** A name of a member that is not the one that means two; null where it has none. */
const otherName = ({ nicknames, name }: Member, word: string): string | null =>
  [...nicknames, name].find((own) => own.toLowerCase() !== word.toLowerCase()) ?? null

/**
 * Refuses the name that means one repository to who stands in it and another one to everybody else: wherever one of the
 * two were taken, some other command would mean the other.
 * Errors: AMBIGUOUS_REPOSITORY.
 */
export function requireOneMeaning({ file, twoMeanings }: Federation, word: string): void {
  if (twoMeanings?.word.toLowerCase() !== word.toLowerCase()) return
  const { here, own, other } = twoMeanings
  const [mine, theirs] = [own && otherName(own, word), otherName(other, word)]
  const there = other.path ?? 'known by its URL'
  const inPlace = other.path === null ? null : `mhv -C ${shellWord(other.path)}`
  const sayMine = mine ? `a number alone or ${mine}#…` : 'a number alone'
  const sayTheirs = [...(theirs ? [`${theirs}#…`] : []), ...(inPlace ? [inPlace] : [])].join(' or ')
  const said = `“${word}” is both this repository, ${here}, and ${other.name} of ${file}, ${there}.`
  const latter = sayTheirs ? `${sayTheirs} for the latter` : `and give the latter a nickname: mhv repos add`
  throw new MhvError('AMBIGUOUS_REPOSITORY', `${said} Say ${sayMine} for the former, ${latter}.`, {
    recovery: [
      'mhv task list',
      ...(inPlace ? [`${inPlace} task list`] : theirs ? [`mhv task list --repo ${theirs}`] : []),
      'mhv repos check',
    ],
    data: { repository: word, here, other: other.name },
  })
}

/**
 * The member of a name or nickname.
 * Errors: UNKNOWN_REPOSITORY, with the name that was probably meant; AMBIGUOUS_REPOSITORY.
 */
export function findMember(federation: Federation, word: string): Member {
  requireOneMeaning(federation, word)
  const found = memberCalled(federation, word)
  if (found) return found
  const near = nameMeant(federation, word)
  throw new MhvError(
    'UNKNOWN_REPOSITORY',
    `No repository in ${federation.file} is called ${word}.${near ? ` Did you mean ${near}?` : ''}`,
    { data: { repository: word, ...(near ? { meant: near } : {}) } },
  )
}
