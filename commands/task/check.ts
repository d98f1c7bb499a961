import * as rules from '../../schemas/task.ts'
import { MhvError } from '../../src/errors.ts'
import { namesTasks, parseTaskNames } from '../../src/query/number-list.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { checked } from '../../src/terminal/input/input.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { namesOf } from '../../src/terminal/places/workplace.ts'

const noPlaces = (word: string) =>
  new MhvError(
    'INVALID_INPUT',
    `“${word}” does not give places in the list of criteria, such as 1 or 1,3-4.`,
    {
      recovery: ['mhv help'],
      data: { field: 'criterion', value: word },
    },
  )

/** Places in a list, given as tasks are: numbers and ranges. Errors: INVALID_INPUT. */
function readPlaces(word: string, own: readonly string[]): number[] {
  if (!namesTasks(word)) throw noPlaces(word)
  return parseTaskNames([word], own).flatMap((place) => {
    if (typeof place === 'number') return [place]
    if (typeof place === 'object' && place.to - place.from < 1000) {
      return Array.from({ length: place.to - place.from + 1 }, (_, i) => place.from + i)
    }
    throw noPlaces(word)
  })
}

export default class TaskCheck extends ChangeCommand {
  static override summary = 'Say that acceptance criteria of a task are met.'
  static override description =
    'The evidence is recorded with the criteria; --unmet takes both back. A task with a criterion that is not met is completed only with --force.'
  static override examples = [
    'mhv task check 12 1',
    'mhv task check 12 1-3 --evidence "CI run 4711"',
    'mhv task check 12 2 --unmet',
  ]
  static override args = {
    task: Args.string({ description: 'its number or id; inside its worktree it may be left out' }),
    places: Args.string({ description: 'places of the criteria, as `task show` counts them (1,3-4)' }),
  }
  static override flags = {
    evidence: Flags.string({ char: 'e', description: 'what shows it' }),
    unmet: Flags.boolean({ description: 'say that they are not met after all', exclusive: ['evidence'] }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskCheck)
    const workplace = await this.workplace(flags, args.task)
    const { targets, rest } = await this.targetsAndRest(workplace, [args.task, args.places], {
      what: 'the place of a criterion',
      isNeeded: true,
      mayBeNumber: true,
    })
    if (rest[0] === undefined) throw new MhvError('USAGE', 'No criterion is named.')
    if (targets.length > 1) throw new MhvError('USAGE', 'Criteria are checked for one task at a time.')
    const places = new Set(readPlaces(rest[0], namesOf(workplace)))
    const evidence = flags.evidence
      ? checked('evidence', rules.line(500), flags.evidence.trim(), '"CI run 4711"')
      : null
    const written = await this.change(workplace, targets, () =>
      [...places].map((place) => ({ kind: 'CheckCriterion', place, met: !flags.unmet, evidence })),
    )
    const count = ({ after }: { after: { criteria: readonly { met: boolean }[] } }) =>
      `meets ${after.criteria.filter(({ met }) => met).length} of ${after.criteria.length} criteria`
    this.report(workplace, written, flags.json, count, count)
  }
}
