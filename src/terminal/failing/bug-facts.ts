import { existsSync, readdirSync, statSync } from 'node:fs'
import { release } from 'node:os'
import { basename, join } from 'node:path'
import { effectiveValues } from '../../config/effective-values.ts'
import { loadConfig } from '../../config/load-config.ts'
import { diagnose } from '../../doctor/diagnose.ts'
import { MhvError } from '../../errors.ts'
import { findRepository, type Repository } from '../../git/repository.ts'
import { git, runGit } from '../../git/run.ts'
import { hooksStatus } from '../../hooks/status.ts'
import { programVersion } from '../../package-root.ts'
import { openGitStore, storeDirectory, TASKS_REF } from '../../store/git-store.ts'
import { readFormat } from '../../store/read-settings.ts'
import { toldMessage, toldValue } from './left-out.ts'
import { hostsIn, isSecretName } from './without-secrets.ts'

/** What cannot be found out is part of a report too: it says why. */
async function attempt<T>(look: () => Promise<T>): Promise<T | { readonly failed: string }> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof MhvError)) return { failed: (error as Error).message }
    return { failed: `${error.code} ${error.error}: ${toldMessage(error)}` }
  }
}

export async function versions() {
  return {
    mhv: programVersion(),
    node: process.versions.node,
    git: await attempt(async () =>
      (await git(['--version'], { cwd: process.cwd() })).replace('git version ', ''),
    ),
    system: `${process.platform} ${process.arch} ${release()}`,
  }
}

export function terminalFacts() {
  const { TERM, COLORTERM, LC_ALL, LC_CTYPE, LANG, SHELL, NO_COLOR, CI, TZ } = process.env
  return {
    term: TERM ?? null,
    colorterm: COLORTERM ?? null,
    columns: process.stdout.columns ?? null,
    terminals: {
      stdin: process.stdin.isTTY === true,
      stdout: process.stdout.isTTY === true,
      stderr: process.stderr.isTTY === true,
    },
    locale: LC_ALL || LC_CTYPE || LANG || null,
    time_zone: TZ ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    shell: SHELL ? basename(SHELL) : null,
    no_color: Boolean(NO_COLOR),
    ci: CI !== undefined,
    // Their names alone: values may lead somewhere, or let somebody in.
    variables: Object.keys(process.env)
      .filter((name) => /^(?:MHV|GIT)_/.test(name))
      .sort(),
  }
}

/** git's settings as pairs; none where they cannot be read. */
async function gitSettings(cwd: string): Promise<(readonly [string, string])[]> {
  const { status, stdout } = await runGit(['config', '--null', '--list'], { cwd })
  if (status !== 0) return []
  return stdout
    .toString('utf8')
    .split('\0')
    .filter(Boolean)
    .map((entry) => {
      const end = entry.indexOf('\n')
      return end < 0 ? [entry, ''] : [entry.slice(0, end), entry.slice(end + 1)]
    })
}

/** What in git's settings is for nobody else: headers, tokens, passwords in addresses, and where remotes are. */
export async function secretsOfGit(cwd: string): Promise<string[]> {
  const settings = await gitSettings(cwd).catch(() => [])
  return settings.flatMap(([name, value]) => {
    const [, user = ''] = /^[a-z][a-z0-9+.-]*:\/\/([^\s/@]*)@/i.exec(`${value || name}`) ?? []
    const place = /^remote\..*\.url$/.test(name)
      ? value.replace(/^[a-z][a-z0-9+.-]*:\/\/(?:[^\s/@]*@)?/i, '')
      : ''
    const header = isSecretName(name) ? [value, ...value.split(/\s+/).slice(1)] : []
    // The address may be in the name of a setting, as in url.….insteadOf.
    const [, named = ''] = /:\/\/([^\s/@]*)@/.exec(name) ?? []
    return [
      place,
      place.replace(/\.git$/, ''),
      ...hostsIn(/^remote\..*\.url$/.test(name) ? value : ''),
      ...header,
      ...user.split(':').slice(1),
      ...named.split(':').slice(1),
    ]
  })
}

const kindOf = (url: string) =>
  /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1] ?? (/^[^/]+:/.test(url) ? 'ssh' : 'path')

async function storage(repository: Repository) {
  const settings = await gitSettings(repository.commonDir)
  const last = (key: string) => settings.findLast(([name]) => name === key)?.[1] ?? null
  const many = (pattern: RegExp) => settings.filter(([name]) => pattern.test(name))
  const asked = ['rev-parse', '--is-shallow-repository']
  const worktrees = await git(['worktree', 'list', '--porcelain'], repository.git)
  return {
    object_format: last('extensions.objectformat') ?? 'sha1',
    ref_storage: last('extensions.refstorage') ?? 'files',
    bare: repository.workTree === null,
    shallow: (await git(asked, repository.git)) === 'true',
    partial: many(/^remote\..*\.promisor$/).length > 0,
    worktrees: worktrees.match(/^worktree /gm)?.length ?? 0,
    remotes: many(/^remote\..*\.url$/).map(([, url]) => kindOf(url)),
    signs_commits: last('commit.gpgsign') === 'true',
    hooks_path: last('core.hookspath') !== null,
  }
}

async function log(repository: Repository) {
  const view = await openGitStore(repository).view()
  if (view.tip === null) return { tip: null }
  const commits = await git(['rev-list', '--count', TASKS_REF], repository.git)
  return {
    tip: view.tip,
    format: await readFormat(repository, view.tip),
    commits: Number(commits),
    tasks: view.slots,
    problems: view.problems.map(({ code }) => code),
  }
}

async function hooks(repository: Repository) {
  const { installed, alive, worktrees } = await hooksStatus(repository)
  return { installed, alive, states: worktrees.map(({ state }) => state) }
}

function index(repository: Repository) {
  const directory = storeDirectory(repository)
  if (!existsSync(directory)) return null
  return Object.fromEntries(
    readdirSync(directory)
      .map((name) => [name, statSync(join(directory, name))] as const)
      .filter(([, stat]) => stat.isFile())
      .map(([name, stat]) => [name, stat.size]),
  )
}

/** How the repository around is kept: neither titles nor names, nor where its remotes are. */
export async function repositoryFacts() {
  const repository = await attempt(() => findRepository(process.cwd()))
  if ('failed' in repository) return repository
  const silent = () => {}
  return {
    storage: await attempt(() => storage(repository)),
    log: await attempt(() => log(repository)),
    index: await attempt(async () => index(repository)),
    hooks: await attempt(() => hooks(repository)),
    doctor: await attempt(async () =>
      (await diagnose(repository, false, silent)).findings.map(({ code, severity }) => `${severity} ${code}`),
    ),
  }
}

/**
 * What holds of the configuration, without variables for programs, whatever is called a secret, and texts that may hold
 * one, such as commands.
 * @param untold gets the texts that are left out
 */
export const configurationFacts = (untold: (text: string) => void) =>
  attempt(async () => {
    const { workTree } = await findRepository(process.cwd())
    const loaded = await loadConfig(workTree)
    return effectiveValues(loaded)
      .filter(({ origin }) => origin !== 'default')
      .map(({ key, value, origin }) => {
        const isSecret = isSecretName(key) || /\benv\b/.test(key)
        return { key, value: isSecret ? '‹removed›' : toldValue(key, value, untold), origin }
      })
  })
