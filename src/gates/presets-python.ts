import type { Preset, RepositoryFacts } from './preset.ts'

/** How a module is run with what the project has installed, by its lock file. */
function runnerOf({ names }: RepositoryFacts): string {
  if (names.has('uv.lock')) return 'uv run python -m'
  if (names.has('poetry.lock')) return 'poetry run python -m'
  if (names.has('pdm.lock')) return 'pdm run python -m'
  return 'python -m'
}

interface Tool {
  readonly name: string
  readonly arguments: (facts: RepositoryFacts) => string
  readonly timeout: string
  readonly files: readonly string[]
  /** Tables and sections that configure it, without what may follow after a dot. */
  readonly tables: readonly string[]
  readonly marks: RegExp
  /** Others that it runs itself. */
  readonly includes?: readonly string[]
}

const SOURCES = ['**/*.{py,pyi}', 'pyproject.toml', 'setup.{py,cfg}']

const TOOLS: readonly Tool[] = [
  {
    name: 'crackerjack',
    arguments: () => 'crackerjack',
    timeout: '30m',
    files: ['!**/*.md'],
    tables: ['tool.crackerjack'],
    marks: /^$/,
    includes: ['pytest', 'ruff', 'mypy', 'bandit', 'gitleaks'],
  },
  {
    name: 'ruff',
    arguments: () => 'ruff check .',
    timeout: '5m',
    files: [...SOURCES, '**/*.ipynb', '**/ruff.toml', '**/.ruff.toml'],
    tables: ['tool.ruff'],
    marks: /^\.?ruff\.toml$/,
  },
  {
    name: 'mypy',
    arguments: () => 'mypy .',
    timeout: '10m',
    files: [...SOURCES, 'mypy.ini', '.mypy.ini'],
    tables: ['tool.mypy', 'mypy'],
    marks: /^\.?mypy\.ini$/,
  },
  {
    name: 'bandit',
    arguments: ({ tables }) =>
      `bandit -q -r . -x ./tests,./.venv,./venv${tables.has('tool.bandit') ? ' -c pyproject.toml' : ''}`,
    timeout: '5m',
    files: SOURCES,
    tables: ['tool.bandit', 'bandit'],
    marks: /^(?:\.bandit|bandit\.ya?ml)$/,
  },
  {
    name: 'pytest',
    arguments: () => 'pytest -q',
    timeout: '20m',
    files: ['!**/*.md'],
    tables: ['tool.pytest', 'tool:pytest', 'pytest'],
    marks: /^(?:pytest\.ini|conftest\.py)$/,
  },
]

const hasTable = (tables: ReadonlySet<string>, wanted: string) =>
  [...tables].some((table) => table === wanted || table.startsWith(`${wanted}.`))

/** Gates for the tools of Python projects. */
export const pythonPresets: readonly Preset[] = TOOLS.map((tool) => ({
  name: tool.name,
  fits: ({ names, tables, python }) =>
    python.has(tool.name) ||
    tool.tables.some((table) => hasTable(tables, table)) ||
    [...names].some((name) => tool.marks.test(name)),
  gates: (facts) => [
    {
      name: tool.name,
      command: `${runnerOf(facts)} ${tool.arguments(facts)}`,
      files: tool.files,
      timeout: tool.timeout,
      why: tool.includes
        ? `${tool.name} is set up; it runs tests and linters itself.`
        : `${tool.name} is set up here.`,
      runs: [tool.name, ...(tool.includes ?? [])],
    },
  ],
}))
