import type { ConfigPlace } from '../../src/config/counting-file.ts'
import { MhvError, shellWord } from '../../src/errors.ts'
import { editText, removeKept } from '../../src/terminal/asking/editor.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { chosenFile, configFileFlags, judgementOf, noteFaults } from '../../src/terminal/config-files.ts'
import { readText } from '../../src/terminal/input/input.ts'
import { readInput } from '../../src/terminal/input/read-input.ts'
import { Flags } from '../../src/terminal/oclif.ts'
import { repositoryAround } from '../../src/terminal/places/repository-around.ts'

/** The error with the step that opens again what was written. What somebody else changed is to be looked at first. */
function withWayBack(error: unknown, { origin }: ConfigPlace, resumed: string | undefined): unknown {
  if (!(error instanceof MhvError)) return error
  const kept = (error.data.kept as string | undefined) ?? resumed
  if (kept === undefined) return error
  const step = `mhv config edit --${origin} --resume ${shellWord(kept)}`
  const recovery = error.error === 'CONFIG_CHANGED' ? [...error.recovery, step] : [step]
  return new MhvError(error.error, error.message, { recovery, data: error.data, cause: error })
}

export default class ConfigEdit extends MhvCommand {
  static override summary = 'Edit a file of configuration, checked before it counts.'
  static override description =
    'Opens the editor that git uses. What is wrong does not take the place of the file: it is refused with every fault named, and what you wrote is kept in a file of its own, from which --resume goes on. The repository’s file where there is a worktree, else your own; of package.json the part "mhv".'
  static override examples = ['mhv config edit', 'mhv config edit --user']
  static override flags = {
    ...configFileFlags,
    resume: Flags.string({ description: 'begin with the text of this file, such as one that was refused' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(ConfigEdit)
    const repository = await repositoryAround()
    const place = chosenFile(flags, repository?.workTree ?? null)
    const { openConfig, replaceConfig } = await import('../../src/configuring/replace-config.ts')
    const opened = await openConfig(place)
    if (!process.stdin.isTTY) {
      throw new MhvError(
        'USAGE',
        'There is no terminal to open an editor in; mhv config set changes one value.',
        {
          recovery: ['mhv config set --help'],
        },
      )
    }
    const judgement = judgementOf(place)
    const text = await this.#keptText(flags.resume)
    const change = await editText(
      repository ?? { git: { cwd: process.cwd() } },
      text ?? opened.text,
      (text) => replaceConfig(place, opened, text, judgement),
      opened.name,
    ).catch((error: unknown) => {
      throw withWayBack(error, place, flags.resume)
    })
    const { path, isChanged } = change
    if (flags.resume !== undefined) removeKept(flags.resume)
    noteFaults(change)
    if (flags.json) return this.printJson({ path, changed: isChanged })
    this.aside(isChanged ? `Changed ${path}.` : `Nothing was changed in ${path}.`)
  }

  /** Errors: INVALID_INPUT. */
  async #keptText(file: string | undefined): Promise<string | null> {
    return file === undefined ? null : readText(await readInput(file), `The file ${JSON.stringify(file)}`)
  }
}
