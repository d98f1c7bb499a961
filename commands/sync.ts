import { setTimeout as sleep } from 'node:timers/promises'
import { type ErrorName, MhvError } from '../src/errors.ts'
import { asSeenFromElsewhere } from '../src/federation/in-place.ts'
import { untilInterrupted } from '../src/process/interruption.ts'
import { chooseRemotes, readRemoteSettings, remotePlaces } from '../src/sync/remote-places.ts'
import { syncRepository } from '../src/sync/sync-repository.ts'
import { canAsk } from '../src/terminal/asking/agree.ts'
import { MhvCommand, type Workplace } from '../src/terminal/base-command.ts'
import { gateEnvironment } from '../src/terminal/environment.ts'
import { renderError } from '../src/terminal/failing/render-error.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { now } from '../src/terminal/output/clock.ts'
import { statusLine } from '../src/terminal/output/progress.ts'
import {
  asksForSeveral,
  type FederationFlags,
  federationFlags,
} from '../src/terminal/places/federation-flags.ts'
import {
  announceFirstPush,
  isEventful,
  printSync,
  type SyncOutcome,
  syncJson,
} from '../src/terminal/report-sync.ts'

/** Seconds for which a remote may be silent where somebody may have to find a password first, and where not. */
const PATIENCE = { asked: 300, alone: 60 }

interface SyncFlags {
  readonly remote: readonly string[]
  readonly timeout: number | undefined
  readonly 'all-remotes': boolean
  readonly 'accept-replaced': boolean
  readonly json: boolean
}

/** Of many repositories some have no remote, or keep no tasks: that is told, and no failure. */
const NOTHING_TO_SYNC: readonly ErrorName[] = ['NO_REMOTE', 'NOT_INITIALISED']
const hasNothingToSync = (outcome: SyncOutcome) =>
  'error' in outcome && NOTHING_TO_SYNC.includes(outcome.error.error)

/** With steps that lead to the repository, which is not the one around. */
const asSeen = (outcome: SyncOutcome, { elsewhere }: Workplace): SyncOutcome =>
  'error' in outcome && elsewhere
    ? { ...outcome, error: asSeenFromElsewhere(outcome.error, elsewhere) }
    : outcome

const worstOf = (outcomes: readonly SyncOutcome[]): number =>
  Math.max(
    0,
    ...outcomes.map((outcome) =>
      'error' in outcome ? outcome.error.exit : outcome.problems.length > 0 ? 1 : 0,
    ),
  )

export default class Sync extends MhvCommand {
  static override summary = 'Exchange tasks with a remote.'
  static override description =
    'Fetches the task log of the remote, merges it with the one here, gives another number to a task whose number somebody else has pushed first, and pushes the result without force; the log of gates travels along. Nothing else is touched.\n\nThe main remote is the one that git config mtos.remote names, else origin, else the only one. Ends with 1 when a remote could not be synced, 4 when others kept being faster.'
  static override examples = [
    'mhv sync',
    'mhv sync --all-remotes',
    'mhv sync --remote upstream',
    'mhv sync --watch --interval 30',
    'mhv sync --all',
  ]
  static override flags = {
    remote: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      description: 'sync with this remote; again for more',
      helpValue: 'NAME',
    }),
    'all-remotes': Flags.boolean({ description: 'sync with every remote', exclusive: ['remote'] }),
    watch: Flags.boolean({ description: 'go on until Ctrl+C' }),
    interval: Flags.integer({ min: 1, default: 60, description: 'seconds between two rounds of --watch' }),
    timeout: Flags.integer({
      min: 0,
      description: `seconds for which a remote may be silent, 0 for ever (${PATIENCE.alone}; ${PATIENCE.asked} in a terminal)`,
    }),
    'accept-replaced': Flags.boolean({
      description: 'merge a remote’s log that is another one than was seen there',
    }),
    ...federationFlags,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Sync)
    const asked = { ...flags, remote: flags.remote ?? [] }
    if (asksForSeveral(flags)) return this.each(asked, flags)
    const place = await this.workplace()
    if (flags.watch) return this.watch(place, asked, flags.interval * 1000)
    const outcomes = await untilInterrupted((signal) => this.round(place, asked, signal))
    const [only] = outcomes
    if (only && outcomes.length === 1 && 'error' in only) throw only.error
    await this.report(place, outcomes, flags.json, () => true)
    process.exitCode = worstOf(outcomes)
  }

  /** The repositories of a federation, one after the other. Those known by their URL hold nothing that is not there. */
  private async each(asked: SyncFlags, flags: FederationFlags & { watch: boolean }): Promise<void> {
    if (flags.watch) throw new MhvError('USAGE', '--watch is about one repository.')
    const { eachJson, inEach, printEach } = await import('../src/terminal/places/in-each.ts')
    const outcomes = await untilInterrupted((signal) =>
      inEach(
        flags,
        async (place) => {
          const synced = await this.round(place, asked, signal)
          return { place, synced: synced.map((outcome) => asSeen(outcome, place)) }
        },
        true,
      ),
    )
    const failed = outcomes.map(({ value, error }) => {
      if (error) return NOTHING_TO_SYNC.includes(error.error) ? 0 : error.exit
      return worstOf((value?.synced ?? []).filter((outcome) => !hasNothingToSync(outcome)))
    })
    process.exitCode = Math.max(0, ...failed)
    if (asked.json) return this.printJson(eachJson(outcomes, ({ synced }, name) => syncJson(name, synced)))
    if (outcomes.length === 0) this.aside('Repositories known by their URL are fetched when they are read.')
    await printEach(outcomes, ({ place, synced }) => this.report(place, synced, false, () => true))
  }

  /** One remote after the other: what one has is then sent to the next. */
  private async round(
    { repository, store }: Workplace,
    flags: SyncFlags,
    signal: AbortSignal,
  ): Promise<SyncOutcome[]> {
    const settings = await readRemoteSettings(repository)
    const names = chooseRemotes(settings, flags['all-remotes'] ? 'all' : flags.remote)
    const outcomes: SyncOutcome[] = []
    for (const remote of names) {
      if (signal.aborted) break
      const status = statusLine()
      status.show(`Syncing tasks with ${remote} …`)
      try {
        outcomes.push(
          await syncRepository(repository, store, await remotePlaces(repository, remote, settings), {
            now: now(),
            environment: () => gateEnvironment(repository),
            signal,
            prompts: canAsk(),
            timeout: (flags.timeout ?? (canAsk() ? PATIENCE.asked : PATIENCE.alone)) * 1000,
            acceptReplaced: flags['accept-replaced'],
            onProgress: (line) => {
              if (/\d+%|\.\.\./.test(line)) status.show(`${remote}: ${line}`)
            },
            onFirstPush: (push) => {
              status.end()
              announceFirstPush(push)
            },
          }),
        )
      } catch (error) {
        if (!(error instanceof MhvError)) throw error
        outcomes.push({ remote, error })
      } finally {
        status.end()
      }
    }
    return outcomes
  }

  private async report(
    { store }: Workplace,
    outcomes: readonly SyncOutcome[],
    json: boolean,
    isTold: (outcome: SyncOutcome) => boolean,
  ): Promise<void> {
    const told = outcomes.filter(isTold)
    if (json) {
      if (told.length > 0) this.printJson(syncJson(store.name, told))
      return
    }
    for (const outcome of told) {
      if ('error' in outcome) await renderError(outcome.error, false, 'sync')
      else await printSync(outcome, () => store.view())
    }
  }

  /** Says what changes, and a failure once for as long as it stays the same. */
  private async watch(place: Workplace, flags: SyncFlags, interval: number): Promise<void> {
    const ended = new AbortController()
    const end = () => ended.abort()
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
    const saidOf = new Map<string, string>()
    const isNew = (outcome: SyncOutcome): boolean => {
      const failure = 'error' in outcome ? outcome.error.error : ''
      const before = saidOf.get(outcome.remote)
      saidOf.set(outcome.remote, failure)
      return failure === ''
        ? (!('error' in outcome) && isEventful(outcome)) || before !== ''
        : failure !== before
    }
    while (!ended.signal.aborted) {
      const outcomes = await this.round(place, flags, ended.signal)
      if (ended.signal.aborted) break
      await this.report(place, outcomes, flags.json, isNew)
      await sleep(interval, undefined, { signal: ended.signal }).catch(() => {})
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, end)
  }
}
