import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RepositoryFacts } from './preset.ts'

/** Larger files are not what they are called, and are not read. */
const MOST = 1 << 20

function textOf(top: string, name: string): string {
  try {
    const path = join(top, name)
    return statSync(path).size <= MOST ? readFileSync(path, 'utf8') : ''
  } catch {
    return ''
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const packageText = (top: string) => textOf(top, 'package.json').replace(/^\ufeff/, '') || '{}'

/** Why the package.json of a worktree cannot be read, so that presets go without it; null where it can, or is not there. */
export function packageFault(top: string): string | null {
  try {
    JSON.parse(packageText(top))
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/** One that cannot be read is taken for an empty one. */
function packageOf(top: string): RepositoryFacts['package'] {
  let parsed: unknown
  try {
    parsed = JSON.parse(packageText(top))
  } catch {
    parsed = {}
  }
  const content = isRecord(parsed) ? parsed : {}
  const sectionOf = (key: string) => (isRecord(content[key]) ? content[key] : {})
  const scripts = Object.entries(sectionOf('scripts')).flatMap(([name, script]) =>
    typeof script === 'string' ? [[name, script] as const] : [],
  )
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
  return {
    scripts: Object.fromEntries(scripts),
    dependencies: new Set(kinds.flatMap((kind) => Object.keys(sectionOf(kind)))),
    manager: typeof content.packageManager === 'string' ? content.packageManager : null,
  }
}

/** A `#` within quotes begins no comment. */
const withoutComments = (text: string) =>
  text
    .replace(/^[ \t]*[#;].*$/gm, '')
    .replace(/("[^"\n]*"|'[^'\n]*')|\s#.*$/gm, (_, quoted?: string) => quoted ?? '')

const tablesOf = (text: string): string[] =>
  [...withoutComments(text).matchAll(/^\s*\[+\s*([^\]\n"',]+?)\s*\]+\s*$/gm)].map(([, name = '']) => name)

/** Requirements in quotes, `"pytest[toml]>=8"`, by the names that they begin with. */
const quotedPackages = (text: string): string[] =>
  [...text.matchAll(/["']([A-Za-z][\w.-]*)[^"'\n]*["']/g)].map(([, name = '']) => name)

/** A list of requirements, within which brackets may stand in quotes. */
const LISTS = /^[ \t]*(?:dev-)?dependencies\s*=\s*\[((?:[^\]"']|"[^"\n]*"|'[^'\n]*')*)\]/gm

/** Packages that a pyproject.toml asks for: in lists (`"pytest>=8"`), and as keys of tables (`pytest = "^8"`). */
function tomlPackages(text: string): string[] {
  const tables = withoutComments(text).split(/^(?=[ \t]*\[[^\]\n"',]+\][ \t]*$)/m)
  const found = tables.flatMap((table) => {
    const isOfDependencies = /^\s*\[[^\]\n]*dependenc[^\]\n]*\]/.test(table)
    if (!isOfDependencies) return [...table.matchAll(LISTS)].flatMap(([, list = '']) => quotedPackages(list))
    const keys = [...table.matchAll(/^[ \t]*([A-Za-z][\w.-]*)\s*=\s*["'{]/gm)].map(([, name = '']) => name)
    const lists = [...table.matchAll(/=\s*\[((?:[^\]"']|"[^"\n]*"|'[^'\n]*')*)\]/g)]
    return [...keys, ...lists.flatMap(([, list = '']) => quotedPackages(list))]
  })
  return found.map((name) => name.toLowerCase())
}

const requirementsOf = (text: string): string[] =>
  [...withoutComments(text).matchAll(/^([A-Za-z][\w.-]*)/gm)].map(([, name = '']) => name.toLowerCase())

/** What presets ask of the top directory of a worktree. Errors: of the file system. */
export function readRepositoryFacts(top: string): RepositoryFacts {
  const names = new Set(readdirSync(top))
  const project = textOf(top, 'pyproject.toml')
  const requirements = [...names].filter((name) => /^requirements[\w.-]*\.txt$/.test(name))
  return {
    names,
    package: names.has('package.json') ? packageOf(top) : null,
    tables: new Set([project, textOf(top, 'setup.cfg'), textOf(top, 'tox.ini')].flatMap(tablesOf)),
    python: new Set([
      ...tomlPackages(project),
      ...requirements.flatMap((name) => requirementsOf(textOf(top, name))),
    ]),
  }
}
