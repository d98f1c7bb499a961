import { requireUnchanged, type SetUpModel } from '../embedding/model-folder.ts'
import { setUpModels } from '../embedding/set-up-models.ts'
import { openTransformersEmbedder, type Trial, tryModel } from '../embedding/transformers-embedder.ts'
import { removeVectors } from '../embedding/vector-cache.ts'
import { MhvError } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { OnProgress } from '../store/rebuild.ts'
import type { TaskStore } from '../store/task-store.ts'
import { modelsDirectory, vectorsDirectory } from './current-model.ts'
import { countEmbedded, embedTasks } from './embed-tasks.ts'

interface Place {
  readonly repository: Repository
  readonly store: TaskStore
}

/** All tasks; null where none are kept. Errors: those of the store. */
async function viewIfAny(store: TaskStore): Promise<Snapshot | null> {
  try {
    return await store.view()
  } catch (error) {
    if (error instanceof MhvError && error.error === 'NOT_INITIALISED') return null
    throw error
  }
}

/**
 * Embeds the tasks of a repository with a model that was set up, and lets go of the vectors of models that are not set up
 * any more.
 * @returns how many vectors were made; null where no tasks are kept
 * Errors: MODEL_RUNTIME_MISSING, MODEL_BROKEN; those of the store.
 */
export async function embedHere({ repository, store }: Place, model: SetUpModel, onProgress: OnProgress) {
  const begin = performance.now()
  const snapshot = await viewIfAny(store)
  if (snapshot === null) return null
  const directory = vectorsDirectory(repository.commonDir)
  const embedder = openTransformersEmbedder(model)
  try {
    const { made, slots } = await embedTasks(snapshot, directory, embedder, onProgress)
    removeVectors(directory, 'transformers', setUpModels(modelsDirectory()))
    return { made, tasks: slots.length, seconds: (performance.now() - begin) / 1000 }
  } finally {
    await embedder.close()
  }
}

/** For how many of a repository's tasks vectors are kept; null where no tasks are. Errors: those of the store. */
export async function embeddedHere({ repository, store }: Place, model: SetUpModel) {
  const snapshot = await viewIfAny(store)
  return snapshot && countEmbedded(snapshot, vectorsDirectory(repository.commonDir), model)
}

/** Whether a model that was set up is as it was then, and runs. */
export async function checkModel(
  model: SetUpModel,
): Promise<
  { readonly trial: Trial; readonly error: null } | { readonly trial: null; readonly error: MhvError }
> {
  try {
    requireUnchanged(model)
    return { trial: await tryModel(model), error: null }
  } catch (error) {
    if (error instanceof MhvError) return { trial: null, error }
    throw error
  }
}
