import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { addRemote, put, snapshotOf } from '../support/worktrees.ts'

const TASKS = [1, 2, 3] as const
const KINDS = [
  'start',
  'track',
  'untracked',
  'ignored',
  'stage',
  'commit',
  'amend',
  'merge',
  'squash',
  'rebase',
  'update',
  'push',
  'done',
  'cancel',
  'prune',
  'remove',
  'remove with changes',
  'undo',
  'gc',
] as const
type Kind = (typeof KINDS)[number]
interface Step {
  readonly kind: Kind
  readonly task: (typeof TASKS)[number]
}

/** What a worktree was like when it was last seen before a command that may remove it. */
interface Seen {
  readonly files: readonly string[]
  readonly index: string
  readonly status: string
}

const quietly = (cwd: string, ...args: string[]): boolean => {
  try {
    git(cwd, ...args)
    return true
  } catch {
    return false
  }
}

/** A repository with tasks and a remote, from which each history begins. */
async function makeTemplate(): Promise<string> {
  const demo = temporaryRepository()
  put(demo, '.gitignore', '*.log\n')
  git(demo, 'add', '--all')
  git(demo, 'commit', '--quiet', '--message', 'Ignore logs')
  addRemote(demo)
  git(demo, 'remote', 'set-url', 'origin', '../remote.git')
  await mhv(demo, 'init')
  for (const task of TASKS) await mhv(demo, 'tc', `Task ${task}`)
  return dirname(demo)
}

/** How often worktrees went and came back, over all histories: none of it would prove nothing. */
const tally = { removed: 0, 'removed by themselves': 0, 'brought back': 0 }

/** One random history, and what has to hold of it whatever happened. */
class History {
  /** Everything that the user ever wrote, each text once. */
  readonly written: string[] = []
  /** Texts on a task's branch by the time that they were committed. */
  readonly committed = new Map<number, string[]>()
  /** By path, the last removal last. */
  readonly seen = new Map<string, Seen[]>()
  readonly demo: string
  readonly remote: string
  count = 0

  constructor(top: string) {
    this.demo = join(top, 'demo')
    this.remote = join(top, 'remote.git')
  }

  place = (task: number) => join(`${this.demo}.worktrees`, `${task}-task-${task}`)
  isThere = (task: number) => existsSync(join(this.place(task), '.git'))

  text(): string {
    const text = `text-${++this.count}-of-the-user`
    this.written.push(text)
    return text
  }

  look(task: number): Seen {
    const place = this.place(task)
    return {
      files: snapshotOf(place),
      index: git(place, 'ls-files', '--stage'),
      status: git(place, 'status', '--porcelain=v2', '--branch', '--ignored'),
    }
  }

  /** Runs what may remove worktrees, and checks that only those went that may. */
  async ending(mayRemove: 'safe' | 'clean' | 'all', ...words: string[]): Promise<void> {
    const before = TASKS.filter(this.isThere).map((task) => {
      const history = git(this.place(task), 'log', '-p')
      // Not those of an earlier branch of the task, which went once it was pushed.
      const own = (this.committed.get(task) ?? []).filter((text) => history.includes(text))
      return { task, own, seen: this.look(task) }
    })
    await mhv(this.demo, ...words)
    for (const { task, own, seen } of before) {
      if (this.isThere(task)) {
        expect(this.look(task)).toEqual(seen)
        continue
      }
      this.seen.set(this.place(task), [...(this.seen.get(this.place(task)) ?? []), seen])
      tally.removed++
      if (mayRemove === 'safe') tally['removed by themselves']++
      if (mayRemove === 'all') continue
      expect(seen.status.split('\n').filter((line) => !/^[!#]/.test(line))).toEqual([])
      if (mayRemove === 'clean') continue
      const main = git(this.demo, 'log', '-p', 'main')
      expect(own.filter((text) => !main.includes(text))).toEqual([])
      expect(own).not.toEqual([])
    }
  }

  async undo(task: number): Promise<void> {
    const { worktree, error } = await mhvJson(this.demo, 'worktree', 'undo', String(task))
    if (error) return expect(['NOTHING_IN_TRASH', 'WORKTREE_EXISTS']).toContain(error.name)
    const seen = this.seen.get(worktree)!.pop()
    tally['brought back']++
    expect(this.look(task)).toEqual(seen)
  }

  /** Changes files and commits in a task's worktree. */
  edit({ kind, task }: Step): void {
    const place = this.place(task)
    const texts = this.committed.get(task) ?? []
    if (kind === 'track') {
      put(place, `${this.count}.txt`, 'to be changed')
      git(place, 'add', `${this.count}.txt`)
      put(place, `${this.count}.txt`, this.text())
    }
    if (kind === 'untracked') put(place, `new-${this.count}.txt`, this.text())
    if (kind === 'ignored') put(place, `deep/er/${this.count}.log`, this.text())
    if (kind === 'stage') {
      const name = `staged-${this.count}.txt`
      put(place, name, this.text())
      git(place, 'add', name)
      put(place, name, this.text())
    }
    if (kind === 'commit' || kind === 'amend') {
      const name = `${task}-${this.count}.txt`
      const text = this.text()
      put(place, name, text)
      git(place, 'add', name)
      const isAmended = kind === 'amend' && texts.length > 0
      git(
        place,
        'commit',
        '--quiet',
        ...(isAmended ? ['--amend'] : []),
        '--message',
        `Write ${name}`,
        '--',
        name,
      )
      this.committed.set(task, [...texts, text])
    }
  }

  /** Brings branches and main together. */
  bring({ kind, task }: Step): void {
    const branch = `task/${task}`
    if (kind === 'update' && this.isThere(task))
      quietly(this.place(task), 'merge', '--quiet', '--no-edit', 'main')
    if (kind === 'rebase' && this.isThere(task) && !quietly(this.place(task), 'rebase', '--quiet', 'main')) {
      quietly(this.place(task), 'rebase', '--abort')
    }
    if (!quietly(this.demo, 'rev-parse', '--verify', '--quiet', branch)) return
    if (kind === 'merge' && !quietly(this.demo, 'merge', '--quiet', '--no-edit', branch)) {
      git(this.demo, 'merge', '--abort')
    }
    if (kind === 'squash') {
      const isIn =
        quietly(this.demo, 'merge', '--quiet', '--squash', branch) &&
        quietly(this.demo, 'commit', '--quiet', '--message', 'Squashed')
      if (!isIn) git(this.demo, 'reset', '--quiet', '--hard')
    }
    if (kind === 'push') quietly(this.demo, 'push', '--quiet', '--force', 'origin', branch, 'main')
  }

  async step(step: Step): Promise<void> {
    const { kind, task } = step
    const number = String(task)
    if (kind === 'start') {
      if (this.isThere(task)) return
      await mhv(this.demo, 'task', 'reopen', number)
      await mhv(this.demo, 'start', number)
    } else if (kind === 'done') await this.ending('safe', 'done', number)
    else if (kind === 'cancel') await this.ending('safe', 'task', 'cancel', number, '--reason', 'no')
    else if (kind === 'prune') await this.ending('safe', 'worktree', 'prune')
    else if (kind === 'remove') await this.ending('clean', 'worktree', 'remove', number)
    else if (kind === 'remove with changes') {
      await this.ending('all', 'worktree', 'remove', number, '--with-changes')
    } else if (kind === 'undo') await this.undo(task)
    else if (kind === 'gc') git(this.demo, 'gc', '--quiet', '--prune=now')
    else {
      if (this.isThere(task)) this.edit(step)
      this.bring(step)
    }
  }

  /** Texts of the user that are nowhere any more: in no file, no object that git keeps, no remote. */
  lost(): string[] {
    git(this.demo, 'gc', '--quiet', '--prune=now')
    const everything = [this.demo, this.remote]
      .map((cwd) =>
        execFileSync('git', ['cat-file', '--batch-all-objects', '--batch', '--buffer'], {
          cwd,
          maxBuffer: 1 << 28,
        }),
      )
      .map((buffer) => buffer.toString('latin1'))
    const trash = join(this.demo, '.git', 'mtos-trash')
    for (const top of [`${this.demo}.worktrees`, trash]) {
      if (!existsSync(top)) continue
      for (const entry of readdirSync(top, { recursive: true, withFileTypes: true })) {
        if (entry.isFile()) everything.push(readFileSync(join(entry.parentPath, entry.name), 'latin1'))
      }
    }
    const all = everything.join('\n')
    return this.written.filter((text) => !all.includes(text))
  }

  /** Brings back everything that can come back. */
  async end(): Promise<void> {
    expect(this.lost()).toEqual([])
    for (const task of TASKS) if (!this.isThere(task)) await this.undo(task)
    expect(this.lost()).toEqual([])
  }
}

const one = fc.record({ kind: fc.constantFrom(...KINDS), task: fc.constantFrom(...TASKS) })
const WRITES = ['track', 'untracked', 'ignored', 'stage', 'commit', 'amend'] as const
const ENDS = ['done', 'done', 'done', 'cancel', 'remove', 'remove with changes'] as const
/** A task from its start to its end, with anything in between: of steps alone, hardly any history would end anything. */
const life = fc
  .record({
    task: fc.constantFrom(...TASKS),
    writes: fc.array(
      fc.constantFrom('commit' as const, 'commit' as const, 'ignored' as const, 'amend' as const),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    bring: fc.constantFrom('merge' as const, 'squash' as const, 'rebase' as const, 'push' as const),
    between: fc.option(one, { freq: 3 }),
    late: fc.constantFrom(null, null, null, null, null, ...WRITES),
    end: fc.constantFrom(...ENDS),
    after: fc.constantFrom(
      [],
      ['undo'],
      ['gc', 'undo'],
      ['undo', 'commit', 'remove with changes'],
    ) as fc.Arbitrary<Kind[]>,
  })
  .map(({ task, writes, bring, between, late, end, after }): Step[] => {
    const kinds: Kind[] = [
      'start',
      ...writes,
      'commit',
      bring,
      ...(bring === 'rebase' ? (['merge'] as const) : []),
    ]
    const rest: Kind[] = [...(late ? [late] : []), end, ...after]
    const of = (all: readonly Kind[]) => all.map((kind): Step => ({ kind, task }))
    return [...of(kinds), ...(between ? [between] : []), ...of(rest)]
  })
const steps = fc.array(
  fc.oneof({ weight: 3, arbitrary: life }, { weight: 2, arbitrary: one.map((each) => [each]) }),
  {
    minLength: 2,
    maxLength: 3,
  },
)

const RUNS = process.env.MHV_LONG ? 1000 : 25

test(
  'whatever is started, written, merged, removed and brought back, no byte of the user’s is lost',
  async () => {
    const template = await makeTemplate()
    const property = fc.asyncProperty(steps, async (parts) => {
      const top = realpathSync(mkdtempSync(join(tmpdir(), 'mhv-test-')))
      try {
        cpSync(template, top, { recursive: true })
        const history = new History(top)
        for (const each of parts.flat()) await history.step(each)
        await history.end()
      } finally {
        rmSync(top, { recursive: true, force: true })
      }
    })
    await fc.assert(property, { seed: 1, numRuns: RUNS })
    expect(tally.removed).toBeGreaterThan(RUNS / 2)
    expect(tally['removed by themselves']).toBeGreaterThan(RUNS / 8)
    expect(tally['brought back']).toBeGreaterThan(RUNS / 3)
  },
  RUNS * 20_000,
)
