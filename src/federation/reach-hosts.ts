import type { BulkheadPolicy, IPolicy } from 'cockatiel'
import { MhvError } from '../errors.ts'

export interface ReachOptions {
  /** How often work is tried in all; 3. */
  readonly attempts?: number
  /** Milliseconds before the second attempt, about; it doubles with each further one, with chance in it; 300. */
  readonly delay?: number
  /** How much work is under way at once; 8. */
  readonly atOnce?: number
  /** The same for one host; 4. */
  readonly atOnceForHost?: number
  /** After so many failures of a host in a row it is left alone; 5. */
  readonly failures?: number
  /** Milliseconds for which it is left alone; 30,000. */
  readonly pause?: number
}

/**
 * Runs work that speaks to a host, as soon as there is room, again where that may help.
 * Errors: those of the work; REMOTE_UNREACHABLE for a host that is left alone.
 */
export type Reach = <T>(host: string, work: () => Promise<T>) => Promise<T>

/** Whether nobody answered at all. An answer, whatever it says, is about one repository of the host. */
const isSilence = (error: unknown): error is MhvError =>
  error instanceof MhvError &&
  (error.error === 'REMOTE_UNREACHABLE' || error.error === 'REMOTE_TIMEOUT') &&
  error.data.answered !== true

/** The host in an address as git takes it; null for a directory. */
export function hostOf(address: string): string | null {
  if (/^\w[\w+.-]*:\/\//.test(address)) {
    return (URL.canParse(address) && new URL(address).host) || null
  }
  // A colon after a slash is part of a path: git looks at it in the same way.
  return /^(?:[^/@:]+@)?([^/:@]{2,}):/.exec(address)?.[1] ?? null
}

/**
 * What the same question may be answered differently the next time. Who said nothing for as long as one waits is not
 * waited for again at once, and who is left alone is not asked at all.
 */
const isQuick = (error: Error) =>
  error instanceof MhvError && error.error === 'REMOTE_UNREACHABLE' && !isLeftAlone(error)

const isLeftAlone = (error: unknown) => error instanceof MhvError && error.data.failures !== undefined

/** Of what others of the host failed with only the reason: their addresses are not this one's. */
function leftAlone(host: string, { failed, last }: Failures): MhvError {
  const reason = last?.error === 'REMOTE_TIMEOUT' ? 'no answer in time' : last?.data.reason
  const because = reason ? `, at last with: ${reason}` : ''
  return new MhvError(
    'REMOTE_UNREACHABLE',
    `Not asked: host ${host} failed ${failed} times in a row${because}.`,
    {
      data: { host, failures: failed },
    },
  )
}

/** How a host has failed since it answered last. */
interface Failures {
  failed: number
  last: MhvError | null
}

/** What came of one attempt. An error among the values is an answer of the host. */
type Attempt<T> = { readonly value: T } | { readonly error: unknown }

/**
 * Makes the way to many hosts: what fails for a passing reason is tried again, ever later; a host that again and again
 * says nothing is not waited for by everything else that is there; and neither hosts nor this machine are asked for all at
 * once.
 */
export async function reachHosts({
  attempts = 3,
  delay = 300,
  atOnce = 8,
  atOnceForHost = 4,
  failures = 5,
  pause = 30_000,
}: ReachOptions = {}): Promise<Reach> {
  const { bulkhead, BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, ExponentialBackoff, ...more } =
    await import('cockatiel')
  const { handleAll, handleWhen, retry, wrap } = more
  const again = retry(handleWhen(isQuick), {
    maxAttempts: attempts - 1,
    backoff: new ExponentialBackoff({ initialDelay: delay, maxDelay: delay * 16 }),
  })
  const all: BulkheadPolicy = bulkhead(atOnce, Number.POSITIVE_INFINITY)
  // Nothing is held while it waits for its next attempt, and what waits for its turn learns that the host is left alone
  // by then; and it waits for its host first, or a slow host would hold every place there is.
  const policyFor = () =>
    wrap(
      bulkhead(atOnceForHost, Number.POSITIVE_INFINITY),
      all,
      circuitBreaker(handleAll, { halfOpenAfter: pause, breaker: new ConsecutiveBreaker(failures) }),
    )
  const hosts = new Map<string, Failures & { readonly policy: IPolicy }>()
  return async (host, work) => {
    const known = hosts.get(host) ?? { policy: policyFor(), failed: 0, last: null }
    hosts.set(host, known)
    /** What this work itself has failed with: it says more than that the host was then left alone. */
    let own: MhvError | null = null
    const attempt = async (): Promise<Attempt<Awaited<ReturnType<typeof work>>>> => {
      try {
        const value = await work()
        known.failed = 0
        return { value }
      } catch (error) {
        if (!isSilence(error)) {
          known.failed = 0
          return { error }
        }
        known.failed++
        own = known.last = error
        throw error
      }
    }
    const tried = again.execute(async () => {
      const outcome = await known.policy.execute(attempt).catch((error: unknown) => {
        throw error instanceof BrokenCircuitError ? leftAlone(host, known) : error
      })
      if ('error' in outcome) throw outcome.error
      return outcome.value
    })
    return tried.catch((error: unknown) => {
      throw isLeftAlone(error) ? (own ?? error) : error
    })
  }
}

/** The same, made when something is to be reached: a listing of what is kept does without. */
export function reachLazily(options: ReachOptions = {}): Reach {
  let made: Promise<Reach> | null = null
  return async (host, work) => {
    made ??= reachHosts(options)
    return (await made)(host, work)
  }
}
