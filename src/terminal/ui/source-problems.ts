import { problemLines } from '../listing/listing-problems.ts'
import type { PlacesAsked } from '../places/places-asked.ts'

/** What cannot be shown, or only as it was. */
export interface SourceProblem {
  /** What tells it from others, however old what is shown of it becomes. */
  readonly id: string
  /** The repository of which nothing is shown; null where something is. */
  readonly missing: string | null
  readonly text: string
}

/** What could not be read: of whole repositories first, as its lines are. */
export function sourceProblems(asked: PlacesAsked): SourceProblem[] {
  return problemLines(asked).map((line, i) => {
    const { repository, code, fetchedAt } = asked.problems[i] ?? {}
    const missing = repository !== undefined && fetchedAt === null ? repository : null
    return { id: repository ? `${repository} ${code}` : line, missing, text: `Problem: ${line}` }
  })
}

/** Problems that are not among those that were told before. */
export function newProblems(
  before: readonly SourceProblem[],
  problems: readonly SourceProblem[],
): readonly string[] {
  const told = new Set(before.map(({ id }) => id))
  return problems.filter(({ id }) => !told.has(id)).map(({ text }) => text)
}
