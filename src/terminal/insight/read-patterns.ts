import type { GateRecord } from '../../../schemas/gate-record.ts'
import { MhvError } from '../../errors.ts'
import type { MemberView } from '../../federation/view-members.ts'
import { type AgeingTask, ageingWork } from '../../insight/ageing-work.ts'
import { groupReasons, type ReasonGroup } from '../../insight/block-episodes.ts'
import { DURATION_KINDS } from '../../insight/durations.ts'
import { type FlakyGate, type GatePattern, type GateRun, gatePatterns } from '../../insight/gate-patterns.ts'
import { type SlowScope, slowScopes } from '../../insight/slow-scopes.ts'
import { latestGateRecords } from '../../store/gate-log.ts'
import { plainViews } from '../graph/plain-views.ts'
import { readEpisodes } from './read-episodes.ts'

export interface Patterns {
  /** Reasons that blocked tasks more than once. */
  readonly blockers: readonly ReasonGroup[]
  readonly slow: readonly SlowScope[]
  readonly failing: readonly GatePattern[]
  readonly flaky: readonly FlakyGate[]
  readonly ageing: readonly AgeingTask[]
  /** Finished tasks that were looked at. */
  readonly finished: number
  readonly gateRuns: number
  readonly nameOf: (key: string) => string
}

/** Older ones say little of gates as they are now. */
const MOST_RECORDS = 5000

const runsOf = (repository: string, { results, commit }: GateRecord): GateRun[] =>
  results.map(({ gate, outcome, key, cached, clean }) => {
    return { repository, gate, outcome, key, commit, isCached: cached, isClean: clean }
  })

async function gateRuns(views: readonly MemberView[]): Promise<GateRun[]> {
  const here = views.filter(({ workplace, fetchedAt }) => workplace !== null && fetchedAt === null)
  const runs = await Promise.all(
    here.map(async ({ member, workplace }) => {
      try {
        const records = await latestGateRecords(workplace!.repository, MOST_RECORDS)
        return records.flatMap((record) => runsOf(member.name, record))
      } catch (error) {
        // What is wrong with the log, doctor tells.
        if (error instanceof MhvError) return []
        throw error
      }
    }),
  )
  return runs.flat()
}

/** What happens again and again in some repositories. @param at milliseconds since 1970 */
export async function readPatterns(views: readonly MemberView[], at: number): Promise<Patterns> {
  const { tasks } = plainViews(views)
  const [episodes, runs] = await Promise.all([readEpisodes(views), gateRuns(views)])
  const refs = new Map(tasks.map(({ key, repository, number }) => [key, `${repository}#${number}`]))
  return {
    ...gatePatterns(runs),
    blockers: groupReasons(episodes).filter(({ episodes: again }) => again.length > 1),
    slow: DURATION_KINDS.flatMap((kind) => slowScopes(tasks, kind)),
    ageing: ageingWork(tasks, at),
    finished: tasks.filter(({ completed }) => completed !== null).length,
    gateRuns: runs.length,
    nameOf: (key) => refs.get(key) ?? key,
  }
}
