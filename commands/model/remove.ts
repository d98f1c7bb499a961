import { removeModel, setUpModels } from '../../src/embedding/set-up-models.ts'
import { removeVectors } from '../../src/embedding/vector-cache.ts'
import { MhvError } from '../../src/errors.ts'
import { visible } from '../../src/printable.ts'
import {
  currentModel,
  modelsDirectory,
  typedModelName,
  vectorsDirectory,
} from '../../src/searching/current-model.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { sizeOf } from '../../src/terminal/output/size-of.ts'
import { repositoryAround } from '../../src/terminal/places/repository-around.ts'

export default class ModelRemove extends MhvCommand {
  static override summary = 'Delete a sentence model, and the vectors here that it made.'
  static override description =
    'The model that counts here, or the one named. A folder that it was taken from stays. Vectors in other repositories stay until a model is set up there; no other model uses them.'
  static override examples = ['mhv model remove', 'mhv model remove Xenova/bge-small-en-v1.5']
  static override args = {
    model: Args.string({ description: 'name or folder, as mhv model status has it' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ModelRemove)
    const directory = modelsDirectory()
    const repository = await repositoryAround()
    const { name } = args.model === undefined ? { name: null } : typedModelName(args.model, process.cwd())
    const model =
      name === null
        ? (await currentModel(repository?.workTree ?? null)).model
        : (setUpModels(directory).find((model) => model.name === name) ?? null)
    let freed = model?.bytes ?? 0
    if (model) {
      try {
        removeModel(directory, model)
      } catch (cause) {
        const message = `${model.folder} cannot be deleted: ${(cause as Error).message}.`
        throw new MhvError('STATE_UNWRITABLE', message, { cause })
      }
    }
    if (model && repository) {
      const left = setUpModels(directory)
      freed += removeVectors(vectorsDirectory(repository.commonDir), 'transformers', left)
    }
    if (flags.json) return this.printJson({ removed: model?.name ?? null, bytes: freed })
    if (model) return this.aside(`Removed ${visible(model.name)}: ${sizeOf(freed)} freed.`)
    this.aside(name === null ? 'No sentence model is set up.' : `${visible(name)} is not set up.`)
  }
}
