/** What is in a repository's top directory, as far as presets ask. */
export interface RepositoryFacts {
  /** Names of files and directories. */
  readonly names: ReadonlySet<string>
  /** Scripts and all kinds of dependencies of package.json; null without one. */
  readonly package: {
    readonly scripts: Readonly<Record<string, string>>
    readonly dependencies: ReadonlySet<string>
    /** `pnpm@9.1.0`, as it says itself. */
    readonly manager: string | null
  } | null
  /** Tables of pyproject.toml, and sections of setup.cfg and tox.ini: `tool.ruff`, `tool:pytest`. */
  readonly tables: ReadonlySet<string>
  /** Names of Python packages that pyproject.toml or requirements files ask for. */
  readonly python: ReadonlySet<string>
}

/** A gate as a preset proposes it, with values as they are written. */
export interface ProposedGate {
  readonly name: string
  readonly command: string
  readonly files?: readonly string[]
  readonly when?: readonly string[]
  readonly timeout?: string
  /** Whether it reads commits and not files alone. */
  readonly history?: boolean
  /** Why it is proposed, for the reader of the file. */
  readonly why: string
  /** Tools that it runs: no further gate is proposed for these. */
  readonly runs: readonly string[]
}

export interface Preset {
  readonly name: string
  readonly fits: (facts: RepositoryFacts) => boolean
  readonly gates: (facts: RepositoryFacts) => readonly ProposedGate[]
}
