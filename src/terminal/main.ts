import { HOOKS, LOADERS } from 'mhv:commands'
import type { Config } from '@oclif/core/config'
import { MhvError } from '../errors.ts'
import { packageRoot, programVersion } from '../package-root.ts'
import { noneOf } from '../query/none-of.ts'
import { CorruptIndex } from '../snapshot/snapshot.ts'
import { removeOpenedIndexes } from '../store/index-file.ts'
import { recordFailure } from './failing/last-failure.ts'
import { noteLeading } from './failing/pasted-step.ts'
import { renderError, type UsedAlias } from './failing/render-error.ts'
import { type Call, findCall } from './find-call.ts'
import { isCommand } from './is-command.ts'
import { GLOBAL_WORDS, noteOutputWords } from './output/output-mode.ts'
import { paged } from './output/page.ts'
import { isPagedCall } from './output/paged-calls.ts'
import { wholeStream } from './output/whole-stream.ts'
import { opensPalette } from './palette/opens-palette.ts'

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
  watchOutput()
  CommandClass.id = id
  const run = () => (new CommandClass([...argv], leanConfig()) as unknown as { _run(): Promise<void> })._run()
  try {
    await run()
  } catch (error) {
    if (!(error instanceof CorruptIndex)) throw error
    // A snapshot is read whole before anything is printed or written on its word, so a second run starts clean.
    removeOpenedIndexes()
    await run()
  }
}

const asksForHelp = (argv: readonly string[]) => {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).some((word) => word === '--help' || word === '-h')
}

interface CommandLine {
  readonly words: readonly string[]
  readonly json: boolean
  readonly version: boolean
  /** What every command takes, in front of this one. */
  readonly globals: readonly string[]
}

/** Takes the flags in front of the command, and changes the directory as they say. Errors: USAGE, NO_DIRECTORY. */
function takeLeadingFlags(argv: readonly string[]): CommandLine {
  const rest = [...argv]
  const directories: string[] = []
  const globals: string[] = []
  let json = false
  let version = false
  while (rest[0]?.startsWith('-')) {
    const word = rest.shift()!
    if (word === '--json') json = true
    else if (word === '--debug') continue
    else if (GLOBAL_WORDS.includes(word)) globals.push(word)
    else if (word === '--version' || word === '-v') version = true
    else if (word === '--help' || word === '-h') return { words: ['--help', ...rest], json, version, globals }
    else if (word === '-C') {
      changeDirectory(rest[0])
      directories.push(rest.shift()!)
    } else throw unknownFlag(word)
  }
  noteLeading(directories, rest)
  return { words: rest, json, version, globals }
}

/** Flags that may stand in front of a command. */
const LEADING = ['--json', '--debug', '--version', '--help', '-C', ...GLOBAL_WORDS]

function unknownFlag(word: string): MhvError {
  const { rule } = noneOf(word, LEADING)
  return new MhvError('USAGE', `There is no flag ${word} in front of a command: it ${rule}`)
}

function requireDirectory(): void {
  try {
    process.cwd()
  } catch (cause) {
    throw new MhvError('NO_DIRECTORY', 'The working directory is not there any more.', {
      cause,
      recovery: ['cd ~'],
    })
  }
}

function changeDirectory(directory: string | undefined): void {
  if (!directory) throw new MhvError('USAGE', '-C needs a directory, as in: mhv -C ../akosha task list.')
  try {
    process.chdir(directory)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'There is no directory' : `There is no way (${code}) into`
    throw new MhvError('NO_DIRECTORY', `${why} ${directory}, which -C names.`, { cause })
  }
}

let isLossTold = false

/** Says what keeps the answer from being written, once. A reader that has seen enough (`| head`) is no failure. */
function watchOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    // oclif throws what it does not expect here, which ends in a dump of the program.
    stream.removeAllListeners('error')
    wholeStream(stream)
    stream.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EPIPE') return
      process.exitCode ||= 1
      if (stream === process.stderr || isLossTold) return
      isLossTold = true
      // Whatever a command that goes on makes of its own result.
      process.once('exit', () => {
        process.exitCode ||= 1
      })
      const error = new MhvError('OUTPUT_FAILED', `Standard output could not be written: ${cause.message}.`)
      void renderError(error, false, null)
    })
  }
}

/**
 * Runs one command line and sets the exit code; never throws and never ends the process, so that output can drain.
 * @param argv the words after the program's name
 */
export async function main(argv: readonly string[]): Promise<void> {
  let call: Call | null = null
  let alias: UsedAlias | null = null
  watchOutput()
  try {
    noteOutputWords(argv)
    const line = takeLeadingFlags(argv)
    if (line.words[0] === 'hook' && Object.hasOwn(HOOKS, line.words[1] ?? '')) {
      requireDirectory()
      watchOutput()
      const { runHook } = await import('./gating/run-hook.ts')
      process.exitCode = await runHook(HOOKS[line.words[1]!]!, line.words.slice(2))
      return
    }
    let words = line.version && line.json ? ['version'] : line.words
    if (line.version && !line.json) {
      process.stdout.write(`mhv ${programVersion()}\n`)
      return
    }
    call = findCall(words)
    if (!call && !isCommand(words) && /^[a-z]/.test(words[0] ?? '')) {
      const { standsFor, withoutAlias } = await import('./own-aliases.ts')
      const [name = '', ...rest] = words
      const own = await withoutAlias(words)
      if (own) alias = { name, said: standsFor(name, own.slice(0, own.length - rest.length)) }
      words = own ?? words
      call = findCall(words)
      if (call && alias && asksForHelp(rest)) process.stdout.write(`${alias.said}\n\n`)
    }
    if (call) call = { ...call, argv: [...(line.json ? ['--json'] : []), ...line.globals, ...call.argv] }
    if (call && !asksForHelp(call.argv)) {
      requireDirectory()
      const { id, argv } = call
      const run = () => runCommand({ id, argv })
      await (isPagedCall(id, argv) ? paged(run) : run())
    } else if (line.json || (!call && words.includes('--json'))) {
      if (!call) await (await import('./help.ts')).requireSubject(words)
      throw new MhvError('USAGE', '--json needs a command, as in: mhv task list --json.')
    } else if (words.length === 0 && opensPalette()) {
      requireDirectory()
      // -C has been followed already, and belongs in front of the steps that errors tell.
      const place = argv.length > 0 ? ['-C', process.cwd()] : []
      await (await import('./palette/open-palette.ts')).openPalette((chosen) => main([...place, ...chosen]))
    } else {
      const { help } = await import('./help.ts')
      watchOutput()
      await paged(() => help(words, call?.id ?? null))
    }
  } catch (error) {
    const id = call?.id ?? null
    const { exit, known } = await renderError(error, argv.includes('--json'), id, argv, alias)
    process.exitCode = exit
    recordFailure(error, known, id, argv)
  }
}
