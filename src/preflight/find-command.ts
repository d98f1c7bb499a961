import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { basename, delimiter, dirname, join, resolve } from 'node:path'
import { runCommand } from '../process/run-command.ts'
import { firstWords } from './first-words.ts'

/** What a POSIX shell does itself. */
const SHELL_OWN = new Set(
  '. : [ alias bg break case cd command continue do done echo elif else esac eval exec exit export false fc fg fi for getopts hash if in jobs kill printf pwd read readonly return set shift test then times trap true type ulimit umask unalias unset until wait while'.split(
    ' ',
  ),
)

/** What pnpm and yarn do themselves, where a script or program could stand. */
const MANAGERS_OWN = new Set(
  'add audit bin cache config constraints create dedupe deploy dlx exec fetch global import info init install link list ls node npm outdated pack patch prune publish rebuild remove root run set start store test unlink up update upgrade version why workspace workspaces'.split(
    ' ',
  ),
)

export interface Surroundings {
  /** Where the command runs. */
  readonly directory: string
  /** Variables that it gets besides those of this process. */
  readonly env: Readonly<Record<string, string>>
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function isOnPath(name: string, { directory, env }: Surroundings): boolean {
  if (name.includes('/')) return isProgram(resolve(directory, name))
  const places = (env.PATH ?? process.env.PATH ?? '').split(delimiter)
  return places.some((place) => isProgram(join(resolve(directory, place), name)))
}

/** The first answer on the way from a directory to the root. */
function upwards<T>(from: string, look: (directory: string) => T | null): T | null {
  for (let directory = from; ; directory = dirname(directory)) {
    const found = look(directory)
    if (found !== null || dirname(directory) === directory) return found
  }
}

/** Scripts of the nearest package.json; null where there is none, or none that can be read. */
const scriptsOf = (from: string): Record<string, unknown> | null =>
  upwards(from, (directory) => {
    try {
      return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')).scripts ?? {}
    } catch {
      return null
    }
  })

/** Options that lead a package manager to another package. */
const LEADS_ELSEWHERE = /^(?:-w|-C|-r|--(?:workspaces?|prefix|dir|cwd|filter|recursive))(?:=|$)/

const isInstalled = (name: string, from: string) =>
  upwards(from, (directory) => existsSync(join(directory, 'node_modules', '.bin', name)) || null) !== null

/** Why a package manager would not find what it is told to run; null where it would, or only it can tell. */
function lackingScript(words: readonly string[], { directory }: Surroundings): string | null {
  const [manager, verb, ...rest] = words
  // Options in front may lead to another package.
  if (verb === undefined || verb.startsWith('-') || rest.includes('--if-present')) return null
  const end = rest.indexOf('--')
  if (rest.slice(0, end < 0 ? rest.length : end).some((word) => LEADS_ELSEWHERE.test(word))) return null
  const scripts = scriptsOf(directory)
  const runs = verb === 'run' || verb === 'run-script'
  const name = runs ? rest.find((word) => !word.startsWith('-')) : ['t', 'tst'].includes(verb) ? 'test' : verb
  if (name === undefined || (runs && rest[0] !== name && !/^(?:-s|--silent)$/.test(rest[0]!))) return null
  const isKnown = Object.hasOwn(scripts ?? {}, name)
  if (isKnown) return null
  const lacking = scripts
    ? `package.json has no script ${name}`
    : `there is no package.json with a script ${name}`
  // Yarn runs programs too, and may keep them in an archive of its own.
  const isYarns = manager === 'yarn' && name !== 'test'
  if (isYarns && upwards(directory, (at) => existsSync(join(at, '.pnp.cjs')) || null)) return null
  if ((runs && !isYarns) || name === 'test') return lacking
  if (manager === 'npm' || MANAGERS_OWN.has(name) || isInstalled(name, directory)) return null
  return lacking
}

/** Why npx would have to fetch a program; null where it need not, or was told to. */
function lackingPackage([, ...rest]: readonly string[], around: Surroundings): string | null {
  const own = rest.findIndex((word) => !/^--(?:no|no-install|offline|prefer-offline|quiet)$|^-q$/.test(word))
  const name = rest[own]
  // Other options name packages, or agree to fetching; so does a version.
  if (name === undefined || name.startsWith('-') || name.includes('@') || name.includes('/')) return null
  if (isInstalled(name, around.directory) || isOnPath(name, around)) return null
  return `node_modules has no program ${name}`
}

/** Why Python would not find a module; asks it, since only it knows its places. */
async function lackingModule(words: readonly string[], around: Surroundings): Promise<string | null> {
  const at = words.indexOf('-m')
  const name = words[at + 1]
  if (at < 1 || name === undefined || !/^[\w.]+$/.test(name)) return null
  if (!words.slice(1, at).every((word) => word.startsWith('-'))) return null
  const [top] = name.split('.')
  // -m puts the working directory in front of the places, as -c does.
  const code = `import importlib.util, sys; sys.exit(0 if importlib.util.find_spec(${JSON.stringify(top)}) else 9)`
  const command = [words[0]!, '-c', code] as const
  const ended = await runCommand({ command, cwd: around.directory, env: around.env, timeout: 20_000 })
  return ended.kind === 'exited' && ended.code === 9 ? `${words[0]} has no module ${top}` : null
}

/** Why a gate's command could not be started, as far as that can be told without running it; null where it could. */
export async function whatIsLacking(line: string, around: Surroundings): Promise<string | null> {
  const words = firstWords(line)
  if (words === null || SHELL_OWN.has(words[0]!)) return null
  const [program] = words as [string]
  if (!isOnPath(program, around)) {
    if (!program.includes('/')) return `${program} is not on the PATH`
    const isFile = statSync(resolve(around.directory, program), { throwIfNoEntry: false })?.isFile() ?? false
    return isFile ? `${program} may not be executed` : `there is no program ${program}`
  }
  if (['npm', 'pnpm', 'yarn'].includes(program)) return lackingScript(words, around)
  if (program === 'npx') return lackingPackage(words, around)
  return /^python[\d.]*$/.test(basename(program)) ? lackingModule(words, around) : null
}
