import { isHeld, resumeStep, unfinishedSagas } from '../federation/saga-log.ts'
import type { Repository } from '../git/repository.ts'
import { type Finding, reported } from './finding.ts'

/** Changes of several repositories that began here and were interrupted. Errors: GIT_FAILED. */
export async function sagaFindings(repository: Repository): Promise<Finding[]> {
  const records = await unfinishedSagas(repository)
  return records.flatMap(({ saga }) => {
    if (isHeld(saga)) return []
    const where = [...new Set(saga.parts.map((part) => part.repository))].join(', ')
    const message = `A change of ${where}, begun ${saga.began}, was interrupted.`
    return [reported('SAGA_UNFINISHED', 'error', message, resumeStep(saga))]
  })
}
