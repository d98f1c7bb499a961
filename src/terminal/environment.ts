import { MhvError } from '../errors.ts'
import { type Identity, readIdentity } from '../git/identity.ts'
import type { Repository } from '../git/repository.ts'
import { printable } from '../printable.ts'
import type { Environment } from '../tasks/seal.ts'
import { now } from './output/clock.ts'
import { newIds } from './task/new-ids.ts'

function environmentOf(actor: string): Environment {
  const instant = now()
  return { now: instant, newId: newIds(instant), actor: printable(actor) }
}

/** Time, ids and actor for what somebody writes. */
export const environmentFor = ({ name, email }: Identity): Environment => environmentOf(`${name} <${email}>`)

/** Time, ids and actor for what a hook writes. Errors: NO_IDENTITY. */
export const hookEnvironment = async (repository: Repository): Promise<Environment> =>
  environmentFor(await readIdentity(repository))

/**
 * Time, ids and actor for gates. Where git knows no actor, as on machines that only pass commits on, gates run all the
 * same: their records, which cannot be written then, are less than the check.
 */
export async function gateEnvironment(repository: Repository): Promise<Environment> {
  try {
    return await hookEnvironment(repository)
  } catch (error) {
    if (error instanceof MhvError && error.error === 'NO_IDENTITY') return environmentOf('nobody')
    throw error
  }
}
