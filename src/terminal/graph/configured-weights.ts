import { NEXT_WEIGHTS, type NextWeights } from '../../../schemas/next-weights.ts'
import { hasConfig } from '../../config/has-config.ts'
import { repositoryAround } from '../places/repository-around.ts'

/** The weights of `mhv next` that hold around the working directory. Errors: CONFIG_INVALID, NOT_TRUSTED. */
export async function configuredWeights(): Promise<NextWeights> {
  const top = (await repositoryAround())?.workTree ?? null
  // The validator is a large part of a start, and most repositories configure nothing.
  if (!hasConfig(top)) return NEXT_WEIGHTS
  const { loadConfig } = await import('../../config/load-config.ts')
  return (await loadConfig(top)).config.next
}
