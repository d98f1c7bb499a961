import type { Preset, ProposedGate, RepositoryFacts } from './preset.ts'

type Manager = 'npm' | 'pnpm' | 'yarn'

const LOCKS: Readonly<Record<string, Manager>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
}

/** By what package.json names itself, then by the lock file that is there. */
function managerOf({ names, package: pkg }: RepositoryFacts): Manager {
  const said = pkg?.manager?.split('@')[0]
  if (said === 'npm' || said === 'pnpm' || said === 'yarn') return said
  return Object.entries(LOCKS).find(([lock]) => names.has(lock))?.[1] ?? 'npm'
}

/** How a package manager runs a tool that the repository has installed. */
const EXEC: Readonly<Record<Manager, string>> = {
  npm: 'npx --no-install',
  pnpm: 'pnpm exec',
  yarn: 'yarn run',
}

/** What `npm init` writes for a package without tests. */
const isPlaceholder = (script: string) => /no test specified/.test(script)

/** Scripts by what they are for, under the names that people give them. The first that is there counts. */
const ROLES: readonly {
  readonly gate: string
  readonly scripts: readonly string[]
  readonly timeout: string
  readonly files?: readonly string[]
}[] = [
  { gate: 'lint', scripts: ['lint', 'lint:check', 'check:lint'], timeout: '5m' },
  {
    gate: 'typecheck',
    scripts: ['typecheck', 'type-check', 'types', 'check-types', 'check:types', 'tsc'],
    timeout: '5m',
    files: ['!**/*.md'],
  },
  { gate: 'test', scripts: ['test', 'test:unit'], timeout: '20m', files: ['!**/*.md'] },
  { gate: 'build', scripts: ['build'], timeout: '20m', files: ['!**/*.md'] },
]

/** Programs by the words that a script runs them with. */
const TOOLS: readonly (readonly [string, RegExp])[] = [
  ['vitest', /\bvitest\b/],
  ['typescript', /\b(?:vue-)?tsc\b/],
  ['eslint', /\beslint\b/],
  ['biome', /\bbiome\b/],
]

/** The tools that a script runs, also through other scripts. */
function toolsOf(
  scripts: Readonly<Record<string, string>>,
  name: string,
  seen: ReadonlySet<string> = new Set(),
): string[] {
  const text = scripts[name]
  if (text === undefined || seen.has(name)) return []
  const inner = [...text.matchAll(/\b(?:npm|pnpm|yarn)(?: run)? ([\w:-]+)/g)].map(([, called = '']) => called)
  const own = TOOLS.flatMap(([tool, word]) => (word.test(text) ? [tool] : []))
  const around = [`pre${name}`, `post${name}`, ...inner]
  return [...own, ...around.flatMap((other) => toolsOf(scripts, other, new Set([...seen, name])))]
}

function scriptGates(facts: RepositoryFacts, manager: Manager): ProposedGate[] {
  const scripts = facts.package?.scripts ?? {}
  return ROLES.flatMap(({ gate, scripts: names, timeout, files }) => {
    const name = names.find((each) => scripts[each] !== undefined && !isPlaceholder(scripts[each]))
    if (name === undefined) return []
    return [
      {
        name: gate,
        command: name === 'test' ? `${manager} test` : `${manager} run ${name}`,
        timeout,
        ...(files ? { files } : {}),
        why: `The script ${name} of package.json.`,
        runs: toolsOf(scripts, name),
      },
    ]
  })
}

/** Gates for the scripts of package.json. */
export const scriptPresets: readonly Preset[] = (['npm', 'pnpm', 'yarn'] as const).map((manager) => ({
  name: manager,
  fits: (facts) => facts.package !== null && managerOf(facts) === manager,
  gates: (facts) => scriptGates(facts, manager),
}))

const SOURCES = '**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts,vue,svelte}'
const SET_UP = '**/*.json'

interface Tool {
  readonly name: string
  readonly gate: string
  readonly arguments: string
  readonly timeout: string
  readonly files: readonly string[]
  readonly packages: readonly string[]
  readonly marks: RegExp
}

const JS_TOOLS: readonly Tool[] = [
  {
    name: 'biome',
    gate: 'biome',
    arguments: 'biome check .',
    timeout: '5m',
    files: [SOURCES, '**/*.{json,jsonc,css,graphql,html}'],
    packages: ['@biomejs/biome'],
    marks: /^\.?biome\.jsonc?$/,
  },
  {
    name: 'eslint',
    gate: 'eslint',
    arguments: 'eslint .',
    timeout: '5m',
    files: [SOURCES, SET_UP, '.eslintrc*', 'eslint.config.*'],
    packages: ['eslint'],
    marks: /^(?:eslint\.config\.[cm]?[jt]s|\.eslintrc(?:\.\w+)?)$/,
  },
  {
    name: 'typescript',
    gate: 'typecheck',
    arguments: 'tsc --noEmit',
    timeout: '5m',
    files: [SOURCES, SET_UP],
    packages: [],
    marks: /^tsconfig\.json$/,
  },
  {
    name: 'vitest',
    gate: 'vitest',
    arguments: 'vitest run',
    timeout: '20m',
    files: ['!**/*.md'],
    packages: ['vitest'],
    marks: /^vitest\.(?:config|workspace)\.[cm]?[jt]s$/,
  },
]

/** Gates for tools that no script of package.json runs. */
export const toolPresets: readonly Preset[] = JS_TOOLS.map((tool) => ({
  name: tool.name,
  fits: ({ names, package: pkg }) =>
    tool.packages.some((name) => pkg?.dependencies.has(name)) ||
    [...names].some((name) => tool.marks.test(name)),
  gates: (facts) => [
    {
      name: tool.gate,
      command: `${EXEC[managerOf(facts)]} ${tool.arguments}`,
      files: tool.files,
      timeout: tool.timeout,
      why: `${tool.name} is set up, and no script of package.json runs it.`,
      runs: [tool.name],
    },
  ],
}))
