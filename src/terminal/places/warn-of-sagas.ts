import { isHeld, mayHaveSagas, resumeStep, type Saga, unfinishedSagas } from '../../federation/saga-log.ts'
import type { Repository } from '../../git/repository.ts'
import type { AskedPlace, RepositoryProblem } from './places-asked.ts'

const waysOn = (saga: Pick<Saga, 'file'>) => `${resumeStep(saga)} finishes it, or takes it back.`

/** Changes of several repositories that began in a repository and were interrupted, a sentence each. Errors: GIT_FAILED. */
async function interruptedIn(repository: Repository): Promise<string[]> {
  if (!mayHaveSagas(repository)) return []
  return (await unfinishedSagas(repository)).flatMap(({ saga }) => {
    const names = [...new Set(saga.parts.map((part) => part.repository))].join(', ')
    return isHeld(saga) ? [] : `A change of ${names} was interrupted. ${waysOn(saga)}`
  })
}

/** What was interrupted in each of several repositories. Errors: GIT_FAILED. */
export async function sagaProblems(places: readonly AskedPlace[]): Promise<RepositoryProblem[]> {
  const problems = await Promise.all(
    places.map(async ({ name, workplace }) =>
      (workplace ? await interruptedIn(workplace.repository) : []).map((message) => ({
        repository: name,
        code: 'SAGA_UNFINISHED',
        message,
        fetchedAt: null,
      })),
    ),
  )
  return problems.flat()
}

/** Runs a change of several repositories; who stops it is told how it goes on. @param file what lists the repositories */
export async function toldWhenStopped<T>(file: string, work: () => Promise<T>): Promise<T> {
  const stop = (signal: NodeJS.Signals) => {
    process.stderr.write(
      `Interrupted in the middle of a change of several repositories. ${waysOn({ file })}\n`,
    )
    end()
    process.kill(process.pid, signal)
  }
  const end = () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  try {
    return await work()
  } finally {
    end()
  }
}
