import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheDirectory } from '../config/cache-directory.ts'
import { type FetchOptions, fetchModel, isModelName } from '../embedding/fetch-model.ts'
import { copyModel, describeModel, FETCHED_GRAPH, type SetUpModel } from '../embedding/model-folder.ts'
import { keepModel, scratchFolder } from '../embedding/set-up-models.ts'
import { requireRuntime, type Trial, tryModel } from '../embedding/transformers-embedder.ts'
import { MhvError, shellWord } from '../errors.ts'
import { modelsDirectory } from './current-model.ts'

/**
 * Fetches a model or takes it from a folder, runs it once, and lets it count only if that went well: whatever fails or
 * interrupts it, the models that were there are as before.
 * Errors: MODEL_NOT_FOUND, MODEL_UNREACHABLE, MODEL_RUNTIME_MISSING, MODEL_BROKEN, INVALID_INPUT, STATE_UNWRITABLE.
 */
export async function setUpModel(
  { name, isFolder }: { readonly name: string; readonly isFolder: boolean },
  options: FetchOptions,
): Promise<{ readonly model: SetUpModel; readonly trial: Trial }> {
  if (!isFolder && !isModelName(name)) {
    throw new MhvError(
      'INVALID_INPUT',
      `${JSON.stringify(name)} is no name of a model (owner/name), and no folder.`,
      {
        recovery: ['mhv model setup --help'],
        data: { field: 'model', value: name },
      },
    )
  }
  const directory = modelsDirectory()
  let scratch: string | null = null
  try {
    scratch = scratchFolder(directory)
    // The library takes the last part of the path for the model's name, and is particular about its characters.
    const folder = join(scratch, 'model')
    let { quantized }: { quantized: boolean } = FETCHED_GRAPH
    if (isFolder) quantized = copyModel(name, folder, options.onSize)
    else {
      await requireRuntime(folder)
      await fetchModel(name, folder, options)
    }
    const trial = await tryModel({ folder, quantized })
    describeModel(folder, name, quantized, trial.dimensions)
    return { model: keepModel(directory, folder), trial }
  } catch (cause) {
    if (cause instanceof MhvError || (cause as NodeJS.ErrnoException).code === undefined) throw cause
    const message = `The model cannot be kept in ${directory}: ${(cause as Error).message}.`
    const place = shellWord(dirname(cacheDirectory()))
    throw new MhvError('STATE_UNWRITABLE', message, {
      cause,
      recovery: [`ls -ld ${place}`, `df -h ${place}`],
    })
  } finally {
    if (scratch !== null) rmSync(scratch, { recursive: true, force: true })
  }
}
