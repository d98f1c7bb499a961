import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { Plugin } from '@oclif/core/config'
import { build } from 'esbuild'
import { manPages } from './command-pages.mjs'
import { allCommandsModule, commandFiles, esbuildCommands, root } from './commands-module.mjs'
import { fasterInk } from './faster-ink.mjs'
import { loadSource } from './load-source.mjs'
import { warmCodeCache } from './warm-code-cache.mjs'

const dist = join(root, 'dist')
const empty = join(root, 'scripts', 'absent.cjs')

/** Parts of oclif that only its development and plugin commands reach; in a bundle they would be dead weight. */
const ABSENT = ['typescript', 'tinyglobby', 'minimatch', 'lilconfig']

/** oclif makes a spinner as soon as standard error is a terminal. Nothing here uses it, and its frames are large. */
const withoutSpinner = {
  name: 'without-spinner',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^\.\/action\/spinner$/ }, ({ kind, resolveDir }) =>
      resolve('./action/simple', { kind, resolveDir }),
    )
  },
}

/** Parts of Node that take milliseconds to load, and that most commands name without using them. */
const LAZY = /^(?:node:)?(child_process|fs\/promises|perf_hooks|readline|worker_threads)$/
/** The same for programs that start as fast as Node: what they need of Node but now and then. */
const LAZIER = /^(?:node:)?(child_process|crypto|fs\/promises|os|url)$/

/** Loads such a part when something of it is first used. */
const lazyBuiltins = (names = LAZY) => ({
  name: 'lazy-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: names }, ({ path, namespace }) =>
      namespace === 'lazy'
        ? { path, external: true }
        : { path: path.replace(/^node:/, ''), namespace: 'lazy' },
    )
    onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => {
      const names = Object.keys(createRequire(import.meta.url)(path))
      const getters = names.map((name) => `get ${name}() { return require('node:${path}').${name} }`)
      return { contents: `module.exports = { ${getters.join(', ')} }` }
    })
  },
})

/** Languages that dates are read in. */
const LANGUAGES = ['de', 'en', 'es', 'fr', 'ja', 'nl', 'pt', 'ru', 'zh']
/** Libraries that few commands need, in bundles of their own: each start would pay for their size. */
const APART = [
  'execa',
  'cosmiconfig',
  'isomorphic-git',
  'cockatiel',
  'graphology',
  'graphology-dag',
  '@inquirer/prompts',
  ...LANGUAGES.map((language) => `chrono-node/${language}`),
]

/**
 * Parts of our own that few commands need, for the same reason. Each is imported where it is used, and knows nothing that
 * another bundle compares by identity: no class of errors.
 */
const OWN_APART = {
  'error-pages': 'src/error-pages/error-pages.ts',
  'open-palette': 'src/terminal/palette/open-palette.ts',
  'parse-filter': 'src/intent/filter/parse-filter.ts',
  'parse-repos': 'src/repos/parse-repos.ts',
  'parse-request': 'src/intent/parse-request.ts',
  'read-names': 'src/terminal/completion/read-names.ts',
  'read-tracker': 'src/exchange/read-tracker.ts',
  'search-tasks': 'src/searching/search-tasks.ts',
  'thesaurus-lines': 'src/search/thesaurus-lines.ts',
}

const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`/(?:${Object.keys(OWN_APART).join('|')})\\.ts$`) }, ({ path, kind }) =>
      kind === 'dynamic-import'
        ? { path: `./${path.replace(/^.*\//, '').replace(/\.ts$/, '.cjs')}`, external: true }
        : undefined,
    )
    onResolve({ filter: new RegExp(`^(?:${APART.join('|')})$`) }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: `./${path}.cjs`, external: true } : undefined,
    )
  },
}

/**
 * Commands that people run all day, in a program of their own beside the one that has all: a start costs what its bundle
 * and the code cache of it are large.
 */
const EVERYDAY = ['current', 'task:create', 'task:list', 'task:ready', 'task:show']

/** Help and aliases are the whole program's: bin/run.js asks that one for them. */
const withoutHelp = {
  name: 'without-help',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(?:help|own-aliases)\.ts$/ }, () => ({ path: empty }))
  },
}

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // A script from the code cache has no import().
  supported: { 'dynamic-import': false },
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: false,
  define: { 'import.meta.dirname': '__dirname' },
  alias: Object.fromEntries(ABSENT.map((name) => [name, empty])),
  plugins: [esbuildCommands(), withoutSpinner, lazyBuiltins(), apart],
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: root,
}

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
const result = await build({
  ...common,
  entryPoints: {
    main: join(root, 'src/terminal/main.ts'),
    'index-worker': join(root, 'src/store/index-worker.ts'),
    ...Object.fromEntries(APART.map((name) => [name, name])),
    ...Object.fromEntries(Object.entries(OWN_APART).map(([name, file]) => [name, join(root, file)])),
  },
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  metafile: true,
})
await build({
  ...common,
  entryPoints: { everyday: join(root, 'src/terminal/main.ts') },
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  plugins: [
    withoutHelp,
    esbuildCommands(
      commandFiles().filter(({ id }) => EVERYDAY.includes(id)),
      [],
    ),
    ...common.plugins.slice(1),
  ],
})
await build({
  ...common,
  entryPoints: {
    complete: join(root, 'src/terminal/completion/complete-main.ts'),
    prompt: join(root, 'src/terminal/prompt/prompt-main.ts'),
  },
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  plugins: [lazyBuiltins(LAZIER), apart],
})
await build({
  ...common,
  stdin: { contents: allCommandsModule(), resolveDir: root, sourcefile: 'commands.mjs' },
  outfile: join(dist, 'commands.cjs'),
})

// What runs sentence models, in a process of its own. The library also reads images, and runs in browsers; the native part
// stays outside, since it is one for each system and may be missing.
const child = await build({
  ...common,
  entryPoints: { 'model-child': join(root, 'src/embedding/model-child.ts') },
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  external: ['onnxruntime-node'],
  alias: { sharp: empty, 'onnxruntime-web': empty },
  define: { ...common.define, 'import.meta.url': 'ownAddress' },
  banner: { js: 'const ownAddress = require("node:url").pathToFileURL(__filename).href;' },
  plugins: [],
  metafile: true,
})

// The full-screen view. What it is drawn with waits while it loads, so it is a module, loaded by import(). Of React it is
// the production half.
const screen = await build({
  ...common,
  entryPoints: { ui: join(root, 'src/terminal/ui/open-ui.tsx') },
  outdir: dist,
  outExtension: { '.js': '.mjs' },
  format: 'esm',
  supported: {},
  jsx: 'automatic',
  alias: { 'react-devtools-core': empty },
  define: {
    'import.meta.dirname': 'ownDirectory',
    'process.env.DEV': '"false"',
    'process.env.NODE_ENV': '"production"',
  },
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; import { dirname as directoryOf } from "node:path"; import { fileURLToPath as pathOf } from "node:url"; const require = requireFrom(import.meta.url); const ownDirectory = directoryOf(pathOf(import.meta.url));',
  },
  plugins: [apart, fasterInk],
  metafile: true,
})

// Bytes and characters of the bundle are the same, which loads faster: in regular expressions esbuild leaves some others.
const escaped = (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
for (const name of ['main', 'everyday', ...APART, ...Object.keys(OWN_APART)]) {
  const bundle = join(dist, `${name}.cjs`)
  writeFileSync(bundle, readFileSync(bundle, 'utf8').replace(/[\u0080-\uffff]/g, escaped))
}

// Licences of what is bundled travel with it.
const packages = new Set(
  [result, child, screen]
    .flatMap(({ metafile }) => Object.keys(metafile.inputs))
    .flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
)
const { readLicences } = await import('./licences.mjs')
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), readLicences(packages))

// The words that begin a command line of a program other than the main one.
const { shortFormsOf } = await loadSource('src/terminal/short-forms.ts')
const words = EVERYDAY.flatMap((id) => [id, ...shortFormsOf(id)]).map((word) => word.replace(':', ' '))
writeFileSync(
  join(dist, 'programs.json'),
  JSON.stringify(Object.fromEntries(words.map((word) => [word, 'everyday']))),
)

const plugin = new Plugin({ root, type: 'core', ignoreManifest: true, errorOnManifestCreate: true })
await plugin.load()
const manifest = plugin.manifest
for (const command of Object.values(manifest.commands)) if (command.relativePath) delete command.relativePath
writeFileSync(join(root, 'oclif.manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`)
const { makeCommandTable } = await loadSource('src/terminal/completion/make-command-table.ts')
writeFileSync(
  join(dist, 'commands.json'),
  JSON.stringify(makeCommandTable(manifest, plugin.pjson.oclif.topics)),
)

const { version, oclif } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
mkdirSync(join(dist, 'man'))
for (const [name, page] of Object.entries(manPages(manifest, oclif, version))) {
  writeFileSync(join(dist, 'man', name), page)
}

await warmCodeCache()
console.log(
  `built ${relative(process.cwd(), dist) || 'dist'}: ${Object.keys(manifest.commands).length} commands`,
)
