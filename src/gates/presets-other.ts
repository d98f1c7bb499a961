import type { Preset } from './preset.ts'

export const goPresets: readonly Preset[] = [
  {
    name: 'go',
    fits: ({ names }) => names.has('go.mod') || names.has('go.work'),
    gates: () => [
      {
        name: 'go-test',
        command: 'go test ./...',
        files: ['!**/*.md'],
        timeout: '20m',
        why: 'The tests of the Go module.',
        runs: ['go'],
      },
    ],
  },
]

const CRATE = ['**/*.rs', '**/Cargo.{toml,lock}', '{.cargo/**,rust-toolchain*}']

export const rustPresets: readonly Preset[] = [
  {
    name: 'cargo',
    fits: ({ names }) => names.has('Cargo.toml'),
    gates: () => [
      {
        name: 'clippy',
        command: 'cargo clippy --all-targets -- -D warnings',
        files: [...CRATE, '{clippy,.clippy}.toml'],
        timeout: '20m',
        why: 'What clippy says of the crate, warnings too.',
        runs: ['clippy'],
      },
      {
        name: 'cargo-test',
        command: 'cargo test',
        files: ['!**/*.md'],
        timeout: '30m',
        why: 'The tests of the crate.',
        runs: ['cargo'],
      },
    ],
  },
]

export const mavenPresets: readonly Preset[] = [
  {
    name: 'maven',
    fits: ({ names }) => names.has('pom.xml'),
    gates: ({ names }) => [
      {
        name: 'maven',
        command: `${names.has('mvnw') ? './mvnw' : 'mvn'} -q -B verify`,
        files: ['!**/*.md'],
        timeout: '30m',
        why: 'Build and tests of the Maven project.',
        runs: ['maven'],
      },
    ],
  },
]

export const secretPresets: readonly Preset[] = [
  {
    name: 'gitleaks',
    fits: ({ names }) =>
      ['.gitleaks.toml', 'gitleaks.toml', '.gitleaksignore'].some((name) => names.has(name)),
    gates: () => [
      {
        name: 'gitleaks',
        command: 'gitleaks detect --no-banner --redact',
        timeout: '5m',
        history: true,
        why: 'Looks for passwords and keys in what was ever committed.',
        runs: ['gitleaks'],
      },
    ],
  },
]
