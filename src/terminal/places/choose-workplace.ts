import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MhvError } from '../../errors.ts'
import { askingAgain } from '../../federation/ask-again.ts'
import { isSameRepository } from '../../federation/neighbours.ts'
import { type MemberWorkplace, openMember } from '../../federation/open-member.ts'
import { type Repository, repositoryName } from '../../git/repository.ts'
import { findTasks } from '../../query/find-task.ts'
import { isAmong, parsePlacedNames } from '../../query/number-list.ts'
import { type Federation, findMember, type Member, requireOneMeaning } from '../../repos/member.ts'
import { urlInstead } from '../../repos/member-repository.ts'
import { openGitStore } from '../../store/git-store.ts'
import { progressBar } from '../output/progress.ts'
import { watched } from '../watched.ts'
import { federationOf, requireNoOther } from './federation-flags.ts'
import { openWorkplace } from './open-workplace.ts'
import type { PlaceFlags } from './place-flags.ts'
import { repositoryAround } from './repository-around.ts'
import { type Workplace, withNeed } from './workplace.ts'

/** A repository that is asked for, and in which words. */
interface Asked {
  readonly said: string
  /** null for a number without a name. */
  readonly word: string | null
}

interface Place {
  readonly said: string
  /** What it is called in the federation; null for the repository around, which may be in none. */
  readonly member: Member | null
  /** The repository's own name. */
  readonly called: string
  readonly isHere: boolean
  /** Where it is; null for the repository around, where that is called by its own name. */
  readonly workplace: MemberWorkplace | null
}

/** The repositories that are asked for. Errors: NOT_A_REPOSITORY, UNKNOWN_REPOSITORY, REPOSITORY_MISSING. */
async function placesOf(
  asked: readonly Asked[],
  here: Repository | null,
  federation: Federation,
  maxAge: number | undefined,
): Promise<Place[]> {
  const own = here && repositoryName(here)
  const places: Place[] = []
  for (const { said, word } of asked) {
    if (own !== null && (word === null || isAmong([own], word))) {
      if (word !== null) requireOneMeaning(federation, word)
      places.push({ said, member: null, called: own, isHere: true, workplace: null })
      continue
    }
    if (word === null) {
      const message = `“${said}” is of no repository: this directory is in none, and no name stands in front.`
      throw new MhvError('NOT_A_REPOSITORY', message)
    }
    const member = findMember(federation, word)
    const onProgress = progressBar('Reading tasks')
    const workplace = await watched(`Reading ${member.name}`, () =>
      openMember(member, { onProgress, ...(maxAge === undefined ? {} : { maxAge }) }),
    )
    const isHere = here !== null && isSameRepository(workplace.repository, here)
    places.push({ said, member, called: member.name, isHere, workplace })
  }
  return places
}

/**
 * The one repository that a command is to work in, by the names in front of its tasks and by `--repo`. The one around
 * goes by its directory too, unless the federation calls another one so.
 * @param words names of tasks
 * Errors: USAGE for several repositories; NOT_A_REPOSITORY, NO_FEDERATION, UNKNOWN_REPOSITORY, AMBIGUOUS_REPOSITORY,
 * REPOSITORY_MISSING; those of a remote that has to be asked.
 */
export async function chooseWorkplace(flags: PlaceFlags, words: readonly string[]): Promise<Workplace> {
  const here = await repositoryAround()
  const onProgress = progressBar('Reading tasks')
  const own = here && repositoryName(here)
  const flagged = (flags.repo ?? []).map((word): Asked => ({ said: `--repo ${word}`, word }))
  const named = parsePlacedNames(words)
    .map(({ place, part }): Asked => ({ said: part, word: place }))
    .filter(({ word }) => word !== null || flagged.length === 0)
  const asked = [...flagged, ...named]
  const other = asked.find(({ word }) => word !== null && (own === null || !isAmong([own], word)))
  if (!other && here) {
    const isSpelled = asked.some(({ word }) => word !== null)
    if (isSpelled) await requireNoOther(own!, () => federationOf(flags, here), flags.repos !== undefined)
    return openWorkplace(here, openGitStore(here, { onProgress }), { flags })
  }
  const { said, word } = other!
  const federation = await federationOf(flags, here).catch((error: unknown) => {
    throw flags.repos ? error : withNeed(error, said, word!)
  })
  const places = await placesOf(asked, here, federation, flags.maxAge)
  const [first, ...rest] = places as [Place, ...Place[]]
  const second = rest.find(({ member, isHere }) =>
    isHere || first.isHere ? isHere !== first.isHere : member !== first.member,
  )
  if (second) {
    throw new MhvError(
      'USAGE',
      `${first.said} means ${first.called}, ${second.said} means ${second.called}: one command works in one repository. Run it once for each.`,
    )
  }
  const member = places.find((place) => place.member)?.member
  if (!member) return openWorkplace(here!, openGitStore(here!, { onProgress }), { flags })
  const names = [member.name, ...member.nicknames]
  const known = { flags, federation, member }
  if (first.isHere) {
    const store = openGitStore(here!, { onProgress, name: member.name })
    return { ...openWorkplace(here!, store, known), names: [...names, own!] }
  }
  const { repository, store } = first.workplace!
  const tasks = parsePlacedNames(words).map(({ name }) => name)
  if (urlInstead(member) !== null && tasks.length > 0) {
    await askingAgain(member, async () => findTasks(await store.view(), tasks, true)).catch(
      (error: unknown) => {
        // What is not found is told by the command: not every number among its words has to be a task's.
        if (!(error instanceof MhvError) || error.error.startsWith('REMOTE_')) throw error
      },
    )
  }
  return {
    ...openWorkplace(repository, store, known),
    names,
    elsewhere: {
      name: member.name,
      // Of one that is known by its URL there is nothing here to work in.
      directory: member.path && existsSync(member.path) ? member.path : null,
      url: urlInstead(member),
      insteadOf: flagged.length === 0 ? own : null,
      clone: {
        directory: member.path ?? join(dirname(federation.file), member.name),
        file: federation.file,
        isListed: member.path !== null,
      },
    },
  }
}
