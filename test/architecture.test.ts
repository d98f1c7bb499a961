import { LOADERS } from 'mhv:commands'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const FOLDERS = ['bin', 'schemas', 'src', 'commands', 'hooks', 'scripts', 'bench', 'test']

function filesBelow(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return []
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

/** What a source file is made of, as far as the rules below ask. */
interface Source {
  readonly path: string
  readonly text: string
  readonly imports: readonly Import[]
  readonly node: ts.SourceFile
}

const isTypeOnly = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean => {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const clause = node.importClause
  if (!clause) return false
  const named = clause.namedBindings
  const onlyTypes =
    !clause.name &&
    !!named &&
    ts.isNamedImports(named) &&
    named.elements.every((element) => element.isTypeOnly)
  return clause.isTypeOnly || onlyTypes
}

function read(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const node = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.ES2022,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const imports: Import[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    const to = specifier.text
    imports.push({
      from: path,
      to: to.startsWith('.') ? normalize(join(dirname(path), to)).replaceAll('\\', '/') : to,
      typeOnly,
    })
  }
  const visit = (child: ts.Node): void => {
    if (ts.isImportDeclaration(child) || ts.isExportDeclaration(child)) {
      add(child.moduleSpecifier, isTypeOnly(child))
    } else if (ts.isCallExpression(child)) {
      const isImport = child.expression.kind === ts.SyntaxKind.ImportKeyword
      const isRequire = ts.isIdentifier(child.expression) && child.expression.text === 'require'
      if (isImport || isRequire) add(child.arguments[0], false)
    } else if (ts.isImportTypeNode(child) && ts.isLiteralTypeNode(child.argument)) {
      add(child.argument.literal, true)
    }
    ts.forEachChild(child, visit)
  }
  visit(node)
  return { path, text, imports, node }
}

const sources = ['schemas', 'src', 'commands', 'hooks']
  .flatMap(filesBelow)
  .filter((path) => /\.tsx?$/.test(path))
  .map(read)
const imports = sources.flatMap((source) => source.imports)

const PURE = ['tasks', 'merge', 'query', 'snapshot', 'exchange', 'intent', 'insight', 'search']
const USE_CASES = [
  'audit',
  'configuring',
  'doctor',
  'federation',
  'gating',
  'health',
  'lifecycle',
  'preflight',
  'repos',
  'searching',
  'sync',
]
const isIn = (path: string, ...folders: string[]) => folders.some((folder) => path.startsWith(`${folder}/`))
const isPure = (path: string) => isIn(path, ...PURE.map((folder) => `src/${folder}`))

/**
 * Layers, lowest first. A file may import from its own folder and from lower layers. Folders of one layer do not know
 * each other, except pure ones; a use case (in src/ itself, such as handle.ts, or in a folder of USE_CASES) is where
 * effects meet.
 */
const LAYERS = ['base', 'pure', 'git', 'process', 'effect', 'use case', 'terminal', 'entry'] as const
function layerOf(path: string): (typeof LAYERS)[number] {
  if (isIn(path, 'schemas') || ['src/error-table.ts', 'src/errors.ts', 'src/printable.ts'].includes(path))
    return 'base'
  if (isPure(path)) return 'pure'
  // A fault point ends the process, where the environment asks for it: an effect that git's folder needs too.
  if (
    isIn(path, 'src/git') ||
    [
      'src/fault-point.ts',
      'src/home-directory.ts',
      'src/make-directory.ts',
      'src/package-root.ts',
      'src/say-what-is-done.ts',
      'src/say-what-is-waited-for.ts',
      'src/temporary-directory.ts',
    ].includes(path)
  )
    return 'git'
  if (isIn(path, 'src/process')) return 'process'
  if (isIn(path, 'src/terminal')) return 'terminal'
  if (isIn(path, 'commands', 'hooks')) return 'entry'
  if (isIn(path, ...USE_CASES.map((folder) => `src/${folder}`))) return 'use case'
  return /^src\/[^/]+\.ts$/.test(path) ? 'use case' : 'effect'
}

const isOwn = (path: string) => isIn(path, 'schemas', 'src', 'commands', 'hooks')

// Types are held to the direction as well: a pure module that describes itself in an effect's types can't be
// understood, tested or compiled without it. Nothing has needed the exception so far.
test('imports point downward only', () => {
  const upward = imports.filter(({ from, to }) => {
    if (!isOwn(to)) return false
    const [mine, theirs] = [layerOf(from), layerOf(to)]
    if (LAYERS.indexOf(theirs) !== LAYERS.indexOf(mine)) return LAYERS.indexOf(theirs) > LAYERS.indexOf(mine)
    // Commands are told apart by the program's list of them, and know nothing of each other.
    if (mine === 'entry') return true
    return mine === 'effect' && from.split('/')[1] !== to.split('/')[1]
  })
  expect(upward.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
})

test('every import of our own leads to a file, with its extension', () => {
  const astray = imports.filter(({ to }) => isOwn(to) && !existsSync(join(ROOT, to)))
  expect(astray).toEqual([])
})

// Of types as well: what describes itself in each other's terms cannot be understood one at a time.
test('no import cycles', () => {
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]) => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (done.has(path) || trail.includes(path)) return
    for (const to of next.get(path) ?? []) visit(to, [...trail, path])
    done.add(path)
  }
  for (const { path } of sources) visit(path, [])
  expect(cycles).toEqual([])
})

describe('single doors', () => {
  const importers = (module: RegExp) => [
    ...new Set(imports.filter(({ to, typeOnly }) => module.test(to) && !typeOnly).map(({ from }) => from)),
  ]

  test('git is started in one file, what has the terminal to itself, the pager and the guard of the terminal in files of their own, so are gates and set-up commands, and sentence models; nothing else starts a process', () => {
    expect(importers(/^(node:)?child_process$|^execa$/)).toEqual([
      // It is talked to while it runs, in messages, which no other door knows; its native code may end it.
      'src/embedding/model-process.ts',
      'src/git/run.ts',
      'src/process/run-command.ts',
      'src/terminal/asking/foreground.ts',
      'src/terminal/output/pager.ts',
      'src/terminal/ui/guard-terminal.ts',
    ])
  })

  test('nobody but git’s door speaks of the program git', () => {
    const foreground = sources.find(({ path }) => path === 'src/terminal/asking/foreground.ts')!
    expect(foreground.text).not.toMatch(/spawnSync\('git'/)
  })

  test('only the terminal, commands and hooks know oclif', () => {
    const strangers = imports.filter(
      ({ from, to }) => to.startsWith('@oclif/') && !isIn(from, 'src/terminal', 'commands', 'hooks'),
    )
    expect(strangers).toEqual([])
  })

  test('only src/git knows isomorphic-git', () => {
    expect(importers(/^isomorphic-git/).filter((path) => !isIn(path, 'src/git'))).toEqual([])
  })

  // Of an empty or relative HOME or XDG_…_HOME they would make places in the directory that a command runs in.
  test('where the user’s home is, one file says', () => {
    const users = sources.filter(({ text }) => /\bhomedir\b|\benv\.(?:XDG_|HOME\b)/.test(text))
    expect(users.map(({ path }) => path)).toEqual(['src/home-directory.ts'])
  })

  test('only the terminal, commands and hooks write to it, and nobody ends the process for them', () => {
    const users = sources.filter(
      ({ path, text }) =>
        !isIn(path, 'src/terminal', 'commands', 'hooks') &&
        /process\.(stdout|stderr|exit\b)|console\./.test(text),
    )
    expect(users.map(({ path }) => path)).toEqual([])
  })
})

/** Names that let time, chance or the machine into a decision; `new Date(value)` is as pure as its value. */
const IMPURE = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
])
const IMPURE_GLOBALS = new Set([
  'process',
  'globalThis',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'fetch',
  'console',
  'require',
])

/** What a file takes from its surroundings, by name and line. */
function impurities({ path, node }: Source): string[] {
  const found: string[] = []
  const visit = (child: ts.Node): void => {
    const text = child.getText(node)
    const isImpure =
      (ts.isPropertyAccessExpression(child) && IMPURE.has(text)) ||
      (ts.isNewExpression(child) && text.startsWith('new Date') && !child.arguments?.length) ||
      (ts.isCallExpression(child) && child.expression.getText(node) === 'Date') ||
      (ts.isIdentifier(child) &&
        IMPURE_GLOBALS.has(child.text) &&
        !(ts.isPropertyAccessExpression(child.parent) && child.parent.name === child) &&
        !ts.isPropertyAssignment(child.parent))
    if (isImpure) {
      found.push(`${path}:${node.getLineAndCharacterOfPosition(child.getStart(node)).line + 1} ${text}`)
    }
    ts.forEachChild(child, visit)
  }
  visit(node)
  return found
}

describe('pure code', () => {
  const pure = sources.filter(({ path }) => ['base', 'pure'].includes(layerOf(path)))

  test('there is some', () => {
    expect(pure.length).toBeGreaterThan(50)
  })

  test('imports nothing of Node but its checksum, which is a function of bytes', () => {
    const ofNode = pure.flatMap((source) => source.imports).filter(({ to }) => to.startsWith('node:'))
    expect(ofNode.map(({ from, to }) => `${from} → ${to}`)).toEqual(['src/snapshot/checksum.ts → node:zlib'])
  })

  test('asks neither the clock nor chance nor the process', () => {
    expect(pure.flatMap(impurities)).toEqual([])
  })
})

describe('files', () => {
  const code = FOLDERS.flatMap(filesBelow).filter((path) => /\.(tsx?|mjs|js)$/.test(path))

  // A table has as many lines as there are cases; splitting one by length would only hide its gaps.
  test('none but tests and the table of errors has more than 300 lines', () => {
    const long = code
      .filter((path) => !isIn(path, 'test') && path !== 'src/error-table.ts')
      .map((path) => [path, readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 300)
    expect(long).toEqual([])
  })

  test('are kebab-case, and none is called after what it is rather than what it does', () => {
    const names = code.map((path) => path.split('/').at(-1)!)
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(name))).toEqual([])
    expect(names.filter((name) => /utils?|helpers?|manager|service|common|misc/.test(name))).toEqual([])
    expect(names.filter((name) => name.startsWith('index.'))).toEqual([])
  })

  test('none is a barrel that only hands on what others export', () => {
    const barrels = sources.filter(
      ({ path, node }) =>
        path !== 'src/terminal/oclif.ts' &&
        node.statements.length > 0 &&
        node.statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier),
    )
    expect(barrels.map(({ path }) => path)).toEqual([])
  })

  test('every file in commands is a command that says what it does and how it is used', async () => {
    const files = filesBelow('commands').map((path) => path.replace(/^commands\/|\.ts$/g, ''))
    expect(Object.keys(LOADERS).sort()).toEqual(files.map((file) => file.replaceAll('/', ':')).sort())
    for (const [id, load] of Object.entries(LOADERS)) {
      const { default: command, ...others } = (await load()) as {
        default: { description?: string; examples?: string[] }
      }
      expect(Object.keys(others), id).toEqual([])
      expect(command.description, id).toMatch(/\w/)
      expect(command.examples?.length, id).toBeGreaterThan(0)
    }
  })
})
