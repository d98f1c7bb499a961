import { MhvError } from '../errors.ts'
import { CorruptIndex } from '../snapshot/snapshot.ts'
import type { TaskStore } from '../store/task-store.ts'
import { type Finding, reported } from './finding.ts'

/**
 * Tasks of other repositories that are waited for and cannot be seen from here. Where the own ones cannot be read either,
 * that is found by other checks.
 * @param store whose views are joined with the other repositories
 */
export async function elsewhereFindings(store: TaskStore): Promise<Finding[]> {
  try {
    const { problems } = await store.view()
    return problems
      .filter(({ repository }) => repository !== undefined)
      .map(({ path, message }) =>
        reported('DEPENDENCY_UNSEEN', 'warning', `${path}: ${message}.`, 'mhv repos check'),
      )
  } catch (error) {
    if (error instanceof MhvError || error instanceof CorruptIndex) return []
    throw error
  }
}
