import { EVENT_DATA } from '../../schemas/event.ts'
import type { TrailFilter } from '../audit/trail.ts'
import { MhvError } from '../errors.ts'
import { shiftDate } from '../query/dates.ts'
import { findTasks } from '../query/find-task.ts'
import { noneOf } from '../query/none-of.ts'
import { parseTaskNames } from '../query/number-list.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { dateOrInstant, startOf } from './input/date-or-instant.ts'
import { Flags } from './oclif.ts'
import { now } from './output/clock.ts'
import { TRAIL_FORMATS } from './print-trail.ts'

const dependsOn = ['export']

export const trailFlags = {
  export: Flags.string({ options: TRAIL_FORMATS, description: 'write every event as a line' }),
  output: Flags.string({ char: 'o', description: 'file to write; standard output when left out', dependsOn }),
  force: Flags.boolean({ char: 'f', description: 'replace the file if it exists', dependsOn: ['output'] }),
  actor: Flags.string({ description: 'by whom: part of the name or address; “me”', dependsOn }),
  task: Flags.string({ description: 'of these tasks (3,7-9)', dependsOn }),
  since: Flags.string({ description: 'at or after a date (2026-11-27, -7d) or instant', dependsOn }),
  until: Flags.string({ description: 'up to the end of a date, or before an instant', dependsOn }),
  kind: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    description: 'of these kinds (TaskCompleted, GateOverridden …)',
    dependsOn,
  }),
}

interface Given {
  readonly actor: string | undefined
  readonly task: string | undefined
  readonly since: string | undefined
  readonly until: string | undefined
  readonly kind: readonly string[] | undefined
}

function readKinds(words: readonly string[]): ReadonlySet<string> {
  const kinds = Object.keys(EVENT_DATA)
  const named = words.map((word) => {
    const kind = kinds.find((each) => each.toLowerCase() === word.trim().toLowerCase())
    if (kind) return kind
    const { rule, meant } = noneOf(word, kinds)
    throw new MhvError('INVALID_INPUT', `--kind “${word}” is no kind of event, and ${rule}`, {
      recovery: [`mhv audit --export jsonl --kind ${meant ?? 'TaskCompleted'}`],
      data: { field: 'kind', value: word, ...(meant ? { meant } : {}), instead: meant ?? 'TaskCompleted' },
    })
  })
  return new Set(named)
}

/** Milliseconds since 1970 of the end of a local day, or of the instant. */
function endOf(word: string, time: string): number {
  const until = dateOrInstant('until', word, time)
  return startOf(until.length === 10 ? shiftDate(until, 1) : until)
}

/** What of the trail is asked for. @param own what the repository is called; @param me the address of who asks. Errors: INVALID_INPUT; TASK_NOT_FOUND. */
export function readTrailFilter(
  given: Given,
  view: Snapshot,
  own: readonly string[],
  me: string,
): TrailFilter {
  const time = now()
  const tasks = given.task === undefined ? null : findTasks(view, parseTaskNames([given.task], own), true)
  return {
    actor: given.actor === 'me' ? me : (given.actor ?? null),
    tasks: tasks && new Set(tasks.map((slot) => view.head(slot).id)),
    kinds: given.kind ? readKinds(given.kind) : null,
    since: given.since === undefined ? null : startOf(dateOrInstant('since', given.since, time)),
    until: given.until === undefined ? null : endOf(given.until, time),
  }
}
