import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { commitFile, contentOf, demoWith, idOf, pathOf, store } from '../../support/hand-made.ts'
import { script } from '../../support/hooks.ts'
import { isRoot, mounted } from '../../support/mounted.ts'
import type { Scenarios, Situation } from '../../support/recovery.ts'
import { git, temporaryDirectory, temporaryRepository } from '../../support/repository.ts'

async function newerLog(): Promise<Situation> {
  const cwd = await demoWith('A')
  commitFile(cwd, 'mtos.yaml', 'format: 2\n')
  return { cwd, command: 'task create B' }
}

async function cutFile(): Promise<Situation> {
  const cwd = await demoWith('Whole', 'Cut')
  const id = await idOf(cwd, 2)
  commitFile(cwd, pathOf(id), contentOf(cwd, id).slice(0, -150))
  return { cwd, command: `task show ${id}` }
}

/** A repository that this user may only read. */
async function readOnly(): Promise<Situation> {
  const demo = await demoWith('A')
  if (isRoot) {
    const bound = join(temporaryDirectory(), 'bound')
    if (!mounted(bound, '--bind', demo)) throw new Error('nothing can be mounted here')
    execFileSync('mount', ['-o', 'remount,ro,bind', bound])
    return { cwd: bound, command: 'task create B' }
  }
  const directory = join(demo, '.git', 'refs', 'mtos')
  chmodSync(directory, 0o555)
  onTestFinished(() => chmodSync(directory, 0o755))
  return { cwd: demo, command: 'task create B' }
}

async function rewound(): Promise<Situation> {
  const cwd = await demoWith('A', 'B')
  git(cwd, 'update-ref', 'refs/mtos/tasks', 'refs/mtos/tasks~1')
  return { cwd, command: 'task create C' }
}

/** The list of repositories is being changed by another process, which goes on for ever. */
function lockedList(): Situation {
  const cwd = temporaryRepository()
  writeFileSync(join(dirname(cwd), 'repos.yaml'), 'repos: []\n')
  const cache = temporaryDirectory()
  const lock = join(cache, 'mhv', 'federations', 'write.lock')
  const holder = spawn('sleep', ['120'], { stdio: 'ignore' })
  onTestFinished(() => void holder.kill())
  mkdirSync(dirname(lock), { recursive: true })
  writeFileSync(
    lock,
    JSON.stringify({ pid: holder.pid, host: hostname(), git: 0, since: null, gitSince: null }),
  )
  return { cwd, command: 'repos add .', env: { XDG_CACHE_HOME: cache } }
}

async function withoutIdentity(): Promise<Situation> {
  const cwd = await demoWith('A')
  for (const key of ['user.name', 'user.email']) git(cwd, 'config', key, '')
  git(cwd, 'config', 'user.useConfigOnly', 'true')
  return { cwd, command: 'task create B' }
}

async function refusingHook(): Promise<Situation> {
  const cwd = await demoWith('A')
  script(join(cwd, '.git', 'hooks', 'reference-transaction'), '#!/bin/sh\necho not today >&2\nexit 3\n')
  return { cwd, command: 'task create B' }
}

/** A PATH on which everything is but git. */
async function withoutGit(): Promise<Situation> {
  const bin = temporaryDirectory()
  for (const name of ['bash', 'sh', 'env', 'node', 'cat']) {
    symlinkSync(execFileSync('which', [name], { encoding: 'utf8' }).trim(), join(bin, name))
  }
  return { cwd: await demoWith('A'), command: 'task create B', before: `PATH=$\{PATH%%:*}:${bin}` }
}

/** A git repository whose ref for tasks is one of its own commits. */
function foreignLog(): Situation {
  const cwd = temporaryRepository()
  const ref = join(cwd, '.git', 'refs', 'mtos', 'tasks')
  mkdirSync(dirname(ref), { recursive: true })
  writeFileSync(ref, `${git(cwd, 'rev-parse', 'HEAD')}\n`)
  return { cwd, command: 'task list' }
}

/** A log of which an object is gone. */
async function lostObject(): Promise<Situation> {
  const cwd = await demoWith('A')
  const id = git(cwd, 'rev-parse', 'refs/mtos/tasks:mtos.yaml')
  rmSync(join(cwd, '.git', 'objects', id.slice(0, 2), id.slice(2)))
  rmSync(store(cwd), { recursive: true })
  return { cwd, command: 'task list' }
}

/** A partial clone whose remote is away for a while. */
async function partialClone(): Promise<Situation> {
  const origin = await demoWith('One')
  git(origin, 'config', 'uploadpack.allowFilter', 'true')
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  const cwd = join(dirname(origin), 'clone')
  execFileSync('git', ['clone', '--quiet', '--filter=blob:none', `file://${origin}`, cwd])
  git(cwd, 'fetch', '--quiet', 'origin', '+refs/mtos/tasks*:refs/mtos/remotes/origin/tasks*')
  git(cwd, 'update-ref', 'refs/mtos/tasks', 'refs/mtos/remotes/origin/tasks')
  const away = `${origin}.away`
  renameSync(origin, away)
  return { cwd, command: 'task list', meanwhile: () => renameSync(away, origin) }
}

async function stale(): Promise<Situation> {
  const cwd = await demoWith('One')
  const id = await idOf(cwd, 1)
  commitFile(cwd, pathOf(id), contentOf(cwd, id).replace('One', 'Won'))
  return { cwd, command: 'audit' }
}

const ledAstray = async (): Promise<Situation> => ({
  cwd: await demoWith('A'),
  command: 'task list',
  env: { GIT_DIR: join(temporaryDirectory(), 'nothing') },
})

export const scenarios: Scenarios = {
  NOT_A_REPOSITORY: [
    { make: () => ({ cwd: temporaryDirectory(), command: 'task list' }), leadsOut: 'retry' },
    { make: ledAstray, leadsOut: 'retry' },
  ],
  NOT_INITIALISED: [
    { make: () => ({ cwd: temporaryRepository(), command: 'task list' }), leadsOut: 'retry' },
  ],
  NEWER_FORMAT: [
    {
      make: newerLog,
      leadsOut: 'shows',
      because: 'a newer version is installed in the way that this one was; the step says which this is',
      named: /mhv \d/,
    },
  ],
  TASK_UNREADABLE: [{ make: cutFile, leadsOut: 'retry', codes: [1, 0] }],
  STORE_UNWRITABLE: [
    {
      make: readOnly,
      leadsOut: 'shows',
      because: 'rights are given by whoever owns the directory; the step shows who that is',
      named: /^d[r-]/m,
    },
  ],
  LOG_REWOUND: [{ make: rewound, leadsOut: 'retry' }],
  CONTENTION: [{ make: lockedList, leadsOut: 'retry' }],
  NO_IDENTITY: [{ make: withoutIdentity, leadsOut: 'retry' }],
  GIT_FAILED: [
    {
      make: refusingHook,
      leadsOut: 'shows',
      because: 'the hook is the user’s own; the step shows where it is',
      named: /reference-transaction/,
    },
  ],
  GIT_MISSING: [
    {
      make: withoutGit,
      leadsOut: 'shows',
      because: 'how git is installed depends on the system; the step proves that it is not there',
      named: /git: command not found/,
      codes: [127],
    },
  ],
  NOT_A_LOG: [
    {
      make: foreignLog,
      leadsOut: 'shows',
      because: 'what the ref points to is somebody’s work; the steps show it before anything is deleted',
      named: /First commit/,
      codes: [1, 0],
    },
  ],
  OBJECT_MISSING: [
    {
      make: lostObject,
      leadsOut: 'shows',
      because: 'each object comes back in another way; the doctor prints the step, which its own tests paste',
      named: /hash-object -w --stdin/,
      codes: [1],
    },
    { make: partialClone, leadsOut: 'retry' },
  ],
  AUDIT_FAILED: [
    {
      make: stale,
      leadsOut: 'shows',
      because: 'what is in the history stays in it; the steps show who did it, and what is wrong now',
      named: /Author: [\s\S]*PROJECTION_STALE/,
      codes: [0, 1],
    },
  ],
}
