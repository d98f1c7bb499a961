import type { ZodError } from 'zod'
import { config } from '../../schemas/config.ts'
import { shellWord } from '../errors.ts'
import { cutFor, type KeyPath, stepsOf, valueAt, withoutValueAt } from './change-content.ts'
import { placeOf } from './explain-faults.ts'
import { type ConfigSource, isProgram } from './read-source.ts'
import { isUserOnly, userOnlyFaults } from './user-only.ts'

/** Where a refused content is wrong; of a key that there is not, the place is its own. */
const wrongPlaces = (error: ZodError | undefined): KeyPath[] =>
  (error?.issues ?? []).flatMap((issue) => {
    const path = issue.path as KeyPath
    return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path]
  })

/**
 * The command that takes the one wrong key out of a file; none where more is wrong, or where the file would still be
 * wrong without it.
 */
export function stepsToTakeOut({ content, path, origin }: ConfigSource): string[] {
  const own = origin === 'repository' ? userOnlyFaults(content) : []
  const places = [
    ...wrongPlaces(config.safeParse(content).error),
    ...own.map(({ place }): KeyPath => stepsOf(place)),
  ]
  const [wrong = []] = places
  const key = placeOf(wrong)
  if (places.length !== 1 || isProgram(path) || valueAt(content, wrong) === undefined) return []
  // A name with a dot in it is no step of a key.
  if (wrong.length === 0 || JSON.stringify(stepsOf(key)) !== JSON.stringify(wrong)) return []
  const rest = withoutValueAt(content, cutFor(content, wrong))
  if (!config.safeParse(rest).success) return []
  // What counts in one's own file only is looked for there, unless told otherwise.
  const flag = origin === 'user' ? ' --user' : isUserOnly(wrong) ? ' --repository' : ''
  return [`mhv config unset ${shellWord(key)}${flag}`]
}
