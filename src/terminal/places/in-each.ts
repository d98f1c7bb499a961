import { MhvError } from '../../errors.ts'
import { asSeenFromElsewhere } from '../../federation/in-place.ts'
import { openMember } from '../../federation/open-member.ts'
import { visible } from '../../printable.ts'
import { urlInstead } from '../../repos/member-repository.ts'
import { saidOf } from '../../repos/said-of.ts'
import { selectMembers } from '../../repos/select-members.ts'
import type { Workplace } from '../base-command.ts'
import { aside, isQuiet } from '../output/output-mode.ts'
import { watched } from '../watched.ts'
import { type FederationFlags, federationOf } from './federation-flags.ts'
import { openWorkplace } from './open-workplace.ts'

/** What came of one repository. */
export type EachOutcome<T> =
  | { readonly repository: string; readonly value: T; readonly error: null }
  | { readonly repository: string; readonly value: null; readonly error: MhvError }

/**
 * Runs work in each repository that the flags ask for, one after the other, in the order of the file. One that fails
 * keeps no other from its turn.
 * @param isForFiles leaves out what is known by its URL only: its copy in the cache is no place that anybody works in
 * Errors: NO_FEDERATION, REPOS_INVALID, UNKNOWN_REPOSITORY.
 */
export async function inEach<T>(
  flags: FederationFlags,
  work: (workplace: Workplace) => Promise<T>,
  isForFiles = false,
): Promise<EachOutcome<T>[]> {
  const federation = await federationOf(flags)
  const { repo = [], tag = [], role = [] } = flags
  const outcomes: EachOutcome<T>[] = []
  for (const member of selectMembers(federation, { repositories: repo, tags: tag, roles: role })) {
    const repository = member.name
    const url = urlInstead(member)
    if (url !== null && isForFiles) continue
    const directory = url === null ? member.path : null
    const elsewhere = { name: repository, directory, url, insteadOf: null }
    try {
      const place = await watched(`Reading ${repository}`, () => openMember(member))
      const workplace = openWorkplace(place.repository, place.store, {
        flags: { repos: flags.repos },
        federation,
        member,
      })
      outcomes.push({ repository, value: await work({ ...workplace, elsewhere }), error: null })
    } catch (error) {
      if (!(error instanceof MhvError)) throw error
      outcomes.push({ repository, value: null, error: asSeenFromElsewhere(error, elsewhere) })
    }
  }
  return outcomes
}

/** The outcomes as a document: each with what `documentOf` makes of its value, or the error. */
export const eachJson = <T>(
  outcomes: readonly EachOutcome<T>[],
  documentOf: (value: T, repository: string) => object,
) => ({
  repositories: outcomes.flatMap(({ repository, value, error }) =>
    error ? [] : [{ repository, ...documentOf(value as T, repository) }],
  ),
  problems: outcomes.flatMap(({ repository, error }) =>
    error ? [{ repository, code: error.error, message: error.message }] : [],
  ),
})

/** Prints each outcome under its repository's name; what failed on standard error. @returns the worst exit code */
export async function printEach<T>(
  outcomes: readonly EachOutcome<T>[],
  print: (value: T, repository: string) => void | Promise<void>,
): Promise<number> {
  let worst = 0
  for (const { repository, value, error } of outcomes) {
    if (error) {
      process.stderr.write(`Problem: ${saidOf(repository, error.message)}\n`)
      worst = Math.max(worst, error.exit)
    } else {
      aside(`== ${repository}`)
      await print(value as T, repository)
    }
  }
  return worst
}

/** A check of one repository. */
export interface CheckOfEach<T> {
  readonly check: (workplace: Workplace) => Promise<T>
  readonly documentOf: (value: T) => object
  readonly print: (value: T) => void | Promise<void>
  /** What the outcome is refused with; null where all is well. */
  readonly refusalOf: (value: T) => MhvError | null
}

/**
 * Checks each repository that the flags ask for, and shows what is wrong in one under it, with steps that lead there.
 * What is known by its URL only has nothing to be checked.
 * @param printJson prints a document, which `--json` asks for; else null
 * @returns the worst exit code
 * Errors: as inEach.
 */
export async function checkEach<T>(
  flags: FederationFlags,
  printJson: ((document: object) => void) | null,
  { check, documentOf, print, refusalOf }: CheckOfEach<T>,
): Promise<number> {
  const checked = async (place: Workplace) => {
    const value = await check(place)
    const refusal = refusalOf(value)
    return { value, refusal: refusal && asSeenFromElsewhere(refusal, place.elsewhere!) }
  }
  const outcomes = await inEach(flags, checked, true)
  if (printJson) printJson(eachJson(outcomes, ({ value }) => documentOf(value)))
  else {
    await printEach(outcomes, async ({ value, refusal }, repository) => {
      await print(value)
      if (!refusal) return
      const steps = refusal.recovery.map((step) => `    ${step}\n`).join('')
      // Without the line above that names it.
      const message = isQuiet() ? saidOf(repository, refusal.message) : refusal.message
      process.stdout.write(visible(`${message}\n${steps}`))
    })
  }
  return Math.max(0, ...outcomes.map(({ value, error }) => (error ?? value?.refusal)?.exit ?? 0))
}
