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

/** What the same question may be answered differently the next time; as it is, it speaks against the host. */
const isPassing = (error: Error) =>
  error instanceof MhvError && (error.error === 'REMOTE_UNREACHABLE' || error.error === 'REMOTE_TIMEOUT')

/** The host in an address as git takes it; null for a directory. */
export function hostOf(address: string): string | null {
  if (/^\w[\w+.-]*:\/\//.test(address)) {
    return (URL.canParse(address) && new URL(address).host) || null
  }
  // A colon after a slash is part of a path: git looks at it in the same way.
  return /^(?:[^/@:]+@)?([^/:@]{2,}):/.exec(address)?.[1] ?? null
}

/** Who said nothing for as long as one waits is not waited for again at once. */
const isQuick = (error: Error) => error instanceof MhvError && error.error === 'REMOTE_UNREACHABLE'

/** Whoever comes later has not seen why, so it is said again. */
function leftAlone(host: string, reason: string): MhvError {
  const message = `${host} failed too often in a row and is left alone for now. At last: ${reason}`
  return new MhvError('REMOTE_UNREACHABLE', message, { data: { host } })
}

/**
 * Makes the way to many hosts: what fails for a passing reason is tried again, ever later; a host that fails again and
 * again is not waited for by everything else that is there; and neither hosts nor this machine are asked for all at once.
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
  const { handleWhen, retry, wrap } = more
  const passing = handleWhen(isPassing)
  const all: BulkheadPolicy = bulkhead(atOnce, Number.POSITIVE_INFINITY)
  // Nothing is held while it waits for its next attempt, and what waits for its turn learns that the host is left alone
  // by then; and it waits for its host first, or a slow host would hold every place there is.
  const policyFor = () =>
    wrap(
      retry(handleWhen(isQuick), {
        maxAttempts: attempts - 1,
        backoff: new ExponentialBackoff({ initialDelay: delay, maxDelay: delay * 16 }),
      }),
      bulkhead(atOnceForHost, Number.POSITIVE_INFINITY),
      all,
      circuitBreaker(passing, { halfOpenAfter: pause, breaker: new ConsecutiveBreaker(failures) }),
    )
  const hosts = new Map<string, { readonly policy: IPolicy; reason: string }>()
  return async (host, work) => {
    const known = hosts.get(host) ?? { policy: policyFor(), reason: '' }
    hosts.set(host, known)
    try {
      return await known.policy.execute(() =>
        work().catch((error) => {
          if (isPassing(error)) known.reason = error.message
          throw error
        }),
      )
    } catch (error) {
      throw error instanceof BrokenCircuitError ? leftAlone(host, known.reason) : error
    }
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
