import { setUpModels } from '../../src/embedding/set-up-models.ts'
import { visible } from '../../src/printable.ts'
import { currentModel, modelsDirectory } from '../../src/searching/current-model.ts'
import { checkModel, embeddedHere } from '../../src/searching/model-here.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { repositoryAround } from '../../src/terminal/places/repository-around.ts'
import { checkedModelJson, modelLines } from '../../src/terminal/print-model.ts'

export default class ModelStatus extends MhvCommand {
  static override summary = 'Show which sentence model is used here, and that it works.'
  static override description =
    'Which model counts, where it is and how large, whether its files are as they were set up, whether it loads and how fast, and for how many of the tasks here vectors are kept. Ends with 1 where a model counts that does not work.'
  static override examples = ['mhv model status', 'mhv model status --json']

  async run(): Promise<void> {
    const { flags } = await this.parse(ModelStatus)
    const repository = await repositoryAround()
    const { asked, model } = await currentModel(repository?.workTree ?? null)
    const checked = model && (await checkModel(model))
    const vectors = model && repository && (await embeddedHere(await this.workplace(), model))
    if (checked?.error) process.exitCode = 1
    if (flags.json) {
      const models = setUpModels(modelsDirectory()).map(({ name }) => name)
      return this.printJson({
        asked: asked?.name ?? null,
        ...checkedModelJson(model, checked),
        vectors,
        models,
      })
    }
    if (model && checked) {
      for (const line of modelLines(model, asked !== null, checked, vectors)) this.print(line)
      return
    }
    const named = asked && `The configuration names ${visible(asked.name)}, which is not set up`
    this.aside(`${named ?? 'No sentence model is set up'}: search goes by words.`)
    this.aside('Next: mhv model setup')
  }
}
