import type { KeyPath } from '../../src/config/change-content.ts'
import { type ConfigPlace, configPlace } from '../../src/config/counting-file.ts'
import { REPOSITORY_PLACES } from '../../src/config/has-config.ts'
import { readSource } from '../../src/config/read-source.ts'
import { isUserOnly } from '../../src/config/user-only.ts'
import { MhvError } from '../../src/errors.ts'
import { visible } from '../../src/printable.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import {
  chosenFile,
  configFileFlags,
  judgementOf,
  noteFaults,
  worktreeAround,
} from '../../src/terminal/config-files.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { note } from '../../src/terminal/output/output-mode.ts'
import { noteSettings } from '../../src/terminal/worktrees/note-settings.ts'

/** Says where a value of one's own does not count, because the repository has another. */
async function warnOfRepository(place: ConfigPlace, top: string | null, key: KeyPath, name: string) {
  if (place.origin === 'repository' || isUserOnly(key) || top === null || configPlace(top).isProgram) return
  const { valueAt } = await import('../../src/config/change-content.ts')
  const source = await readSource(top, REPOSITORY_PLACES, 'repository').catch(() => null)
  if (!source || valueAt(source.content, key) === undefined) return
  note(`Note: ${source.path} says ${name} too, which counts here.\n`)
}

/** What is said of an empty value, with a value that the key takes. Errors: INVALID_INPUT for a key that there is not. */
async function withRightValue(error: unknown, argv: readonly string[]): Promise<unknown> {
  const [word] = argv.filter((one) => !one.startsWith('-'))
  if (!(error instanceof MhvError) || error.data.field !== 'value' || !word) return error
  const [{ exampleSetting }, { readKey }] = await Promise.all([
    import('../../src/config/explain-faults.ts'),
    import('../../src/configuring/key-path.ts'),
  ])
  const example = exampleSetting(readKey(word))
  if (example === null) return error
  const { message, recovery, data } = error
  return new MhvError(error.error, `${message} Example: ${example}`, { recovery, data, cause: error })
}

export default class ConfigSet extends MhvCommand {
  static override summary = 'Set one value in a file of configuration.'
  static override description =
    'In the repository’s file where there is a worktree, else in your own; a file that is not there yet is begun. Comments, order and formatting of the file stay as they are. A value that breaks its rule is refused, and nothing is changed. Lists and sections are given as YAML or JSON. aliases and ui count in your own file only, and go there.'
  static override examples = [
    'mhv config set gating.jobs 8',
    'mhv config set worktrees.setup "[npm ci, npm run build]"',
    'mhv config set ui.theme dark --user',
    'mhv config set aliases.mine "task list --assignee me"',
  ]
  static override args = {
    key: Args.string({
      required: true,
      description: "what is set, such as gating.jobs or 'gates[0].timeout'",
    }),
    value: Args.string({ required: true, description: 'the value, as text, YAML or JSON' }),
  }
  static override flags = configFileFlags

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ConfigSet).catch(async (error: unknown) => {
      throw await withRightValue(error, this.argv)
    })
    const [{ setValue }, { readKey }] = await Promise.all([
      import('../../src/configuring/change-config.ts'),
      import('../../src/configuring/key-path.ts'),
    ])
    const key = readKey(args.key)
    const top = await worktreeAround(flags, key)
    const place = chosenFile(flags, top, key)
    const change = await setValue(place, key, args.value, judgementOf(place))
    const { path, value, isChanged } = change
    noteFaults(change)
    await warnOfRepository(place, top, key, args.key)
    await noteSettings(key, value, top)
    if (flags.json) return this.printJson({ key: args.key, value, path, changed: isChanged })
    const said = visible(typeof value === 'string' ? value : JSON.stringify(value))
    this.aside(
      isChanged ? `Set ${args.key} to ${said} in ${path}.` : `${args.key} is ${said} in ${path} already.`,
    )
  }
}
