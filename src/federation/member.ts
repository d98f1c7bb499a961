import { MhvError } from '../errors.ts'
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

export interface Federation {
  /** Absolute path of the file. */
  readonly file: string
  /** In the order of the file. */
  readonly members: readonly Member[]
  readonly faults: readonly Fault[]
}

/** Whether a member is called so, by name or nickname, in whichever case. */
const isCalled = ({ name, nicknames }: Member, word: string) =>
  [name, ...nicknames].some((own) => own.toLowerCase() === word.toLowerCase())

/** The member of a name, or else of a nickname; undefined where none is called so. */
export const memberCalled = ({ members }: Federation, word: string): Member | undefined =>
  members.find(({ name }) => name === word) ?? members.find((member) => isCalled(member, word))

/** The name or nickname that was probably meant by one that none has. */
export const nameMeant = ({ members }: Federation, word: string): string | null =>
  nearestWord(
    word,
    members.flatMap(({ name, nicknames }) => [name, ...nicknames]),
  )

/** The member of a name or nickname. Errors: UNKNOWN_REPOSITORY, with the name that was probably meant. */
export function findMember(federation: Federation, word: string): Member {
  const found = memberCalled(federation, word)
  if (found) return found
  const near = nameMeant(federation, word)
  throw new MhvError(
    'UNKNOWN_REPOSITORY',
    `No repository in ${federation.file} is called ${word}.${near ? ` Did you mean ${near}?` : ''}`,
    { data: { repository: word, ...(near ? { meant: near } : {}) } },
  )
}
