import { LOADERS } from 'mhv:commands'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '@oclif/core/config'
import { findRepository } from '../git/repository.ts'
import { CorruptIndex } from '../snapshot/snapshot.ts'
import { storeDirectory } from '../store/git-store.ts'
import { removeIndex } from '../store/index-file.ts'
import { packageRoot } from './package-root.ts'
import { renderError } from './render-error.ts'
import { commandOf } from './short-forms.ts'

/** The version in package.json. */
export function version(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string })
    .version
}

interface Call {
  readonly id: string
  readonly argv: string[]
}

/** The command that the first one or two words name, with what follows them. */
function findCommand(argv: readonly string[]): Call | null {
  const [first = '', second = ''] = argv
  for (const [word, length] of [
    [`${first}:${second}`, 2],
    [first.includes(':') ? '' : first, 1],
  ] as const) {
    const id = Object.hasOwn(LOADERS, word) ? word : commandOf.get(word)
    if (id) return { id, argv: argv.slice(length) }
  }
  return null
}

/**
 * oclif's Config as far as running a known command needs it. Loading the real one reads the manifest and the plugins,
 * which is for help and for words that no command has.
 */
function leanConfig(): Config {
  const name = 'mhv'
  return {
    name,
    bin: name,
    dirname: name,
    root: packageRoot(),
    version: '',
    pjson: { oclif: {} },
    plugins: new Map(),
    topicSeparator: ' ',
    runHook: async () => ({ successes: [], failures: [] }),
    scopedEnvVar: () => undefined,
    scopedEnvVarTrue: () => false,
    scopedEnvVarKey: (key: string) => `MHV_${key}`,
  } as unknown as Config
}

async function runCommand({ id, argv }: Call): Promise<void> {
  const { default: CommandClass } = await LOADERS[id]!()
  CommandClass.id = id
  const run = () => (new CommandClass([...argv], leanConfig()) as unknown as { _run(): Promise<void> })._run()
  try {
    await run()
  } catch (error) {
    if (!(error instanceof CorruptIndex)) throw error
    // A snapshot is read whole before anything is printed or written on its word, so a second run starts clean.
    removeIndex(storeDirectory(await findRepository(process.cwd())))
    await run()
  }
}

const asksForHelp = (argv: readonly string[]) => {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).some((word) => word === '--help' || word === '-h')
}

/**
 * Runs one command line and sets the exit code; never throws and never ends the process, so that output can drain.
 * @param argv the words after the program's name
 */
export async function main(argv: readonly string[]): Promise<void> {
  let call: Call | null = null
  try {
    let words = argv
    while (words[0] === '-C' && words[1] !== undefined) {
      process.chdir(words[1])
      words = words.slice(2)
    }
    if (words.length === 1 && ['--version', '-v'].includes(words[0]!)) {
      process.stdout.write(`mhv ${version()}\n`)
      return
    }
    call = findCommand(words)
    if (call && !asksForHelp(call.argv)) await runCommand(call)
    else await (await import('./help.ts')).help(words, call?.id ?? null)
  } catch (error) {
    process.exitCode = renderError(error, argv.includes('--json'), call?.id ?? null)
  }
}
