import { modelHost } from '../../src/embedding/fetch-model.ts'
import { MhvError, shellWord } from '../../src/errors.ts'
import { visible } from '../../src/printable.ts'
import { untilInterrupted } from '../../src/process/interruption.ts'
import { currentModel, DEFAULT_MODEL, typedModelName } from '../../src/searching/current-model.ts'
import { embedHere } from '../../src/searching/model-here.ts'
import { setUpModel } from '../../src/searching/set-up-model.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { progressBar } from '../../src/terminal/output/progress.ts'
import { sizeOf } from '../../src/terminal/output/size-of.ts'
import { repositoryAround } from '../../src/terminal/places/repository-around.ts'
import { modelJson, trialJson, trialText } from '../../src/terminal/print-model.ts'

/** A model that does not work is told by what was asked for, not by where it was put together, which is gone by then. */
function asAsked(error: unknown, { name, isFolder }: { name: string; isFolder: boolean }): unknown {
  if (!(error instanceof MhvError) || error.error !== 'MODEL_BROKEN') return error
  const message = error.message.replaceAll(String(error.data.folder), name)
  return new MhvError('MODEL_BROKEN', message, {
    cause: error,
    recovery: [
      isFolder ? `ls -lR ${shellWord(name)}` : 'mhv model status',
      `mhv model setup ${DEFAULT_MODEL}`,
    ],
    data: isFolder ? { folder: name } : { name },
  })
}

export default class ModelSetup extends MhvCommand {
  static override summary = 'Fetch a sentence model, and embed the tasks here.'
  static override description =
    'MODEL is a name at huggingface.co, or at the mirror that HF_ENDPOINT names, or a folder with config.json, tokenizer.json, tokenizer_config.json and onnx/model_quantized.onnx (or onnx/model.onnx). Without it the model that search.model in the configuration names is taken, else Xenova/all-MiniLM-L6-v2 (some 23 MB). It is kept below ~/.cache/mhv/models for all repositories, and run once before it counts. Nothing else in mhv fetches a model; without one everything works, and search goes by words.'
  static override examples = [
    'mhv model setup',
    'mhv model setup Xenova/bge-small-en-v1.5',
    'mhv model setup ~/Downloads/all-MiniLM-L6-v2',
  ]
  static override args = {
    model: Args.string({ description: 'name at the host, or folder' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ModelSetup)
    const repository = await repositoryAround()
    const { asked: configured } = await currentModel(repository?.workTree ?? null)
    const typed = args.model === undefined ? null : typedModelName(args.model, process.cwd())
    const asked = typed ?? configured ?? { name: DEFAULT_MODEL, isFolder: false }
    const say = (text: string) => {
      if (!flags.json) this.aside(visible(text))
    }
    const from = asked.isFolder ? '' : ` from ${modelHost()}`
    const because = typed || !configured ? '' : ', as search.model in the configuration has it'
    const bar = progressBar('Fetching, KB')
    const { model, trial } = await untilInterrupted((signal) =>
      setUpModel(asked, {
        onSize: (bytes) => say(`${asked.name}${from}${because}: ${sizeOf(bytes)}`),
        onProgress: (done, total) => bar(Math.round(done / 1000), Math.round(total / 1000)),
        signal,
      }).catch((error) => {
        throw asAsked(error, asked)
      }),
    )
    say(`Set up ${model.name}: ${sizeOf(model.bytes)}, ${trialText(trial)}.`)
    if (configured && configured.name !== model.name) {
      say(`Note: search.model in the configuration here names ${configured.name}, which counts instead.`)
    }
    const tasks =
      repository && (await embedHere(await this.workplace(), model, progressBar('Embedding tasks')))
    if (tasks) say(`Embedded ${tasks.made} of ${tasks.tasks} tasks here in ${tasks.seconds.toFixed(1)} s.`)
    if (flags.json) this.printJson({ model: modelJson(model), ...trialJson(trial), tasks })
  }
}
