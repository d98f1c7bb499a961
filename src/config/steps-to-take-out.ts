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

/** Items from the last on, and what is in a place before that place: each step leaves the names of the next as they are. */
function fromTheEnd(a: KeyPath, b: KeyPath): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i]!, b[i]!]
    if (x !== y && typeof x === 'number' && typeof y === 'number') return y - x
    if (x !== y) return 0
  }
  return b.length - a.length
}

/** As many as are told: who has more of them opens the file. */
const MOST = 3

/** The commands that take out the keys that are wrong; none for what would still be wrong without its key. */
export function stepsToTakeOut({ content, path, origin }: ConfigSource): string[] {
  if (isProgram(path)) return []
  const own = origin === 'repository' ? userOnlyFaults(content) : []
  const places = [
    ...wrongPlaces(config.safeParse(content).error),
    ...own.map(({ place }): KeyPath => stepsOf(place)),
  ]
  let left = content
  const steps = [...places]
    .sort(fromTheEnd)
    .filter((wrong) => {
      if (wrong.length === 0 || valueAt(left, wrong) === undefined) return false
      // A name with a dot in it is no step of a key.
      if (JSON.stringify(stepsOf(placeOf(wrong))) !== JSON.stringify(wrong)) return false
      const rest = withoutValueAt(left, cutFor(left, wrong))
      const stillWrong = wrongPlaces(config.safeParse(rest).error)
      if (!stillWrong.every((place) => places.some((one) => placeOf(one) === placeOf(place)))) return false
      left = rest
      return true
    })
    .map((wrong) => {
      // What counts in one's own file only is looked for there, unless told otherwise.
      const flag = origin === 'user' ? ' --user' : isUserOnly(wrong) ? ' --repository' : ''
      return `mhv config unset ${shellWord(placeOf(wrong))}${flag}`
    })
  return [...new Set(steps)].slice(0, MOST)
}
