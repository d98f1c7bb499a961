import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { federationOf, reposYaml, type TestFederation } from '../support/federation.ts'
import { append } from '../support/linked-repositories.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import type { Document } from '../support/whole.ts'

const THREE = {
  crackerjack: ['Check types', 'Release', 'Announce'],
  akosha: ['Index', 'Search', 'Rank'],
  'session-buddy': ['Remember', 'Forget'],
}

const json = async (cwd: string, ...argv: string[]) => {
  const answer = await mhvJson(cwd, ...argv)
  expect(answer.error).toBeUndefined()
  return answer
}
const refused = async (cwd: string, ...argv: string[]) => {
  const { error } = await mhvJson(cwd, ...argv)
  return error as Document
}
const taskAt = async ({ at }: TestFederation, name: string, number: number) =>
  (await json(at(name), 'task', 'show', `${number}`)).task
const stored = ({ at }: TestFederation, name: string) => git(at(name), 'rev-parse', 'refs/mtos/tasks')

describe('a task of another repository is named from anywhere', () => {
  test('by its name or nickname, a list of them, its id, or --repo; from outside of any repository too', async () => {
    const all = await federationOf(THREE)
    const outside = all.directory
    const { id } = await taskAt(all, 'akosha', 3)
    const before = stored(all, 'session-buddy')
    expect((await mhv(outside, 'task', 'assign', 'akosha#1', 'bob')).out).toBe(
      'akosha#1 assigned to bob: Index\n',
    )
    const both = await json(all.at('session-buddy'), 'task', 'label', 'AK#2,3', 'x')
    expect(both.tasks.map(({ ref }: Document) => ref)).toEqual(['akosha#2', 'akosha#3'])
    expect((await json(outside, 'task', 'edit', '--repo', 'ak', '2-3', '-p', 'high')).total).toBe(2)
    expect((await json(outside, 'task', 'comment', `ak/${id}`, 'found')).task.comments).toHaveLength(1)
    expect(
      (await json(outside, 'task', 'create', '--repo', 'ak', 'Fourth', '--parent', '1')).task,
    ).toMatchObject({
      ref: 'akosha#4',
      parent: 'akosha#1',
    })
    expect((await json(outside, 'undo', '--repo', 'ak')).task).toMatchObject({ number: 4, deleted: true })
    expect((await json(outside, 'undo', 'ak#2')).task.priority).toBe('medium')
    for (const [argv, effect] of [
      [['task', 'block', 'cj#1', '--reason', 'vendor'], { status: 'blocked' }],
      [['task', 'unblock', 'cj#1'], { status: 'pending' }],
      [['task', 'edit', 'cj#1', '-c', 'fast'], {}],
      [['task', 'check', 'cj#1', '1'], { criteria: [{ met: true }] }],
      [['task', 'cancel', 'cj#1', '--reason', 'late'], { status: 'cancelled' }],
      [['task', 'reopen', 'cj#1'], { status: 'pending' }],
      [['task', 'delete', 'cj#1'], { deleted: true }],
      [['task', 'restore', 'cj#1'], { deleted: false }],
    ] as const) {
      expect((await json(outside, ...argv)).task).toMatchObject({ ref: 'crackerjack#1', ...effect })
    }
    expect((await json(outside, 'task', 'history', 'cj#1')).history.ref).toBe('crackerjack#1')
    expect(stored(all, 'session-buddy')).toBe(before)
  })

  test('start, switch, done and worktrees work in its repository, from a linked worktree of another', async () => {
    const all = await federationOf({ crackerjack: ['A', 'B'], akosha: ['C'] })
    const linked = join(temporaryDirectory(), 'linked')
    git(all.at('akosha'), 'worktree', 'add', '--quiet', '-b', 'topic', linked)
    const started = await json(linked, 'start', 'cj#1')
    expect(started).toMatchObject({ branch: 'task/1', task: { ref: 'crackerjack#1', status: 'in_progress' } })
    expect(started.worktree).toBe(join(all.directory, 'crackerjack.worktrees', '1-a'))
    expect((await mhv(linked, 'switch', 'cj#1')).out).toBe(`${started.worktree}\n`)
    git(started.worktree, 'commit', '--quiet', '--allow-empty', '--message', 'Work')
    expect(await refused(linked, 'done', '--repo', 'cj')).toMatchObject({ name: 'USAGE' })
    expect((await json(linked, 'done', 'cj#1')).task).toMatchObject({
      status: 'completed',
      branch: 'task/1',
      commit: git(started.worktree, 'rev-parse', 'HEAD'),
    })
    expect((await json(linked, 'worktree', 'remove', 'cj#1')).removed).toHaveLength(1)
    expect((await json(linked, 'worktree', 'undo', 'cj#1')).worktree).toBe(started.worktree)
    expect(git(all.at('akosha'), 'branch', '--list', 'task/*')).toBe('')
  })

  test('the own repository goes by its directory and by what the federation calls it, without being left', async () => {
    const all = await federationOf({ crackerjack: ['A'], akosha: ['B'] })
    renameSync(all.at('crackerjack'), all.at('ak'))
    writeFileSync(
      join(all.directory, 'repos.yaml'),
      'repos:\n  - {name: crackerjack, path: ak, nickname: cj}\n  - {name: akosha, path: akosha, nickname: ak}\n',
    )
    const own = all.at('ak')
    expect((await json(own, 'task', 'show', '1')).task.ref).toBe('ak#1')
    // Another one has what the directory is called for a nickname.
    expect(await refused(own, 'task', 'show', 'ak#1')).toMatchObject({ name: 'AMBIGUOUS_REPOSITORY' })
    expect((await json(own, 'task', 'show', 'cj#1')).task).toMatchObject({ ref: 'crackerjack#1', title: 'A' })
    expect((await mhv(own, 'task', 'assign', 'cj#1', 'bob')).out).toBe('#1 assigned to bob: A\n')
    expect((await json(own, 'task', 'show', 'akosha#1')).task.title).toBe('B')
    expect((await json(all.directory, 'task', 'show', 'ak#1')).task.title).toBe('B')
    const linked = join(temporaryDirectory(), 'linked')
    git(own, 'worktree', 'add', '--quiet', '-b', 'topic', linked)
    git(own, 'config', 'branch.topic.mtosTask', (await json(own, 'task', 'show', '1')).task.id)
    expect((await json(linked, 'task', 'block', '--repo', 'cj', '--reason', 'x')).task.title).toBe('A')
  })

  test('a dependency that was stored with a former name is not stored again, and one that is there twice shows once', async () => {
    const all = await federationOf({ crackerjack: ['A'], akosha: ['B'] })
    const own = all.at('crackerjack')
    await json(own, 'task', 'depend', '1', '--on', 'akosha#1')
    const { id } = await taskAt(all, 'akosha', 1)
    writeFileSync(
      join(all.directory, 'repos.yaml'),
      'repos:\n  - {name: crackerjack, path: crackerjack}\n  - {name: index, path: akosha, nickname: akosha}\n',
    )
    const before = stored(all, 'crackerjack')
    expect((await mhv(own, 'task', 'depend', '1', '--on', 'index#1')).out).toBe('#1 depends so already: A\n')
    expect(stored(all, 'crackerjack')).toBe(before)
    await append(own, 1, { kind: 'DependencyAdded', data: { depends_on: `index/${id}` } })
    expect(await taskAt(all, 'crackerjack', 1)).toMatchObject({
      depends_on: ['index#1'],
      waiting_on: ['index#1'],
      elsewhere: [{ ref: 'index#1' }],
    })
    expect((await mhv(own, 'task', 'depend', '1', '--on', 'index#1', '--remove')).out).toContain('nothing')
  })

  test('one command writes one repository, and what cannot be found is named', async () => {
    const all = await federationOf(THREE, [...Object.keys(THREE), 'gone'])
    const here = all.at('akosha')
    const two = await refused(here, 'task', 'assign', 'cj#1,ak#2', 'bob')
    expect(two).toMatchObject({
      name: 'USAGE',
      message: expect.stringContaining('cj#1 means crackerjack, ak#2 means akosha'),
    })
    expect(await refused(here, 'task', 'assign', '1,cj#2', 'bob')).toMatchObject({
      message: expect.stringContaining('1 means akosha, cj#2 means crackerjack'),
    })
    expect(await refused(here, 'task', 'assign', '1', 'bob', '--repo', 'cj', '--repo', 'sb')).toMatchObject({
      name: 'USAGE',
      message: expect.stringContaining('--repo cj means crackerjack, --repo sb means session-buddy'),
    })
    expect(await refused(all.directory, 'task', 'assign', '1', 'bob')).toMatchObject({
      name: 'NOT_A_REPOSITORY',
    })
    expect(await refused(here, 'task', 'assign', 'cjj#1', 'bob')).toMatchObject({
      name: 'UNKNOWN_REPOSITORY',
    })
    expect(await refused(here, 'task', 'assign', 'gone#1', 'bob')).toMatchObject({
      name: 'REPOSITORY_MISSING',
    })
    rmSync(join(all.directory, 'repos.yaml'))
    expect(await refused(here, 'task', 'assign', 'cj#1', 'bob')).toMatchObject({
      name: 'NO_FEDERATION',
      message: expect.stringContaining('cj#1 leads to cj, of which nothing is known'),
    })
  })

  test('its errors are told as its, with steps that work where they are pasted', async () => {
    const all = await federationOf({ crackerjack: ['A', 'B'], akosha: ['C'] })
    const here = all.at('akosha')
    await json(all.directory, 'task', 'depend', '--repo', 'cj', '1', '--on', '2')
    const error = await refused(here, 'start', 'cj#1', '--no-worktree')
    expect(error.message).toBe('crackerjack: #1 waits for #2 B.')
    const step = (error.recovery as string[]).find((text) => text.endsWith('--force'))!
    expect(step).toBe(`mhv -C ${all.at('crackerjack')} start 1 --no-worktree --force`)
    const again = await mhv(here, ...step.split(' ').slice(1))
    expect(again.out).toContain('#1 started: A')
    expect((await taskAt(all, 'akosha', 1)).status).toBe('pending')
  })
})

describe('tasks wait for those of other repositories', () => {
  test('it is stored with the proper name, shown with what is known, and holds up start and done', async () => {
    const all = await federationOf(THREE)
    const here = all.at('crackerjack')
    const { id } = await taskAt(all, 'akosha', 2)
    const depended = await json(
      all.directory,
      'task',
      'depend',
      'crackerjack#1',
      '--on',
      'ak#2',
      '--on',
      'sb#1,2',
    )
    expect(depended.task.depends_on.sort()).toEqual(['akosha#2', 'session-buddy#1', 'session-buddy#2'])
    const log = git(here, 'log', '-1', '--format=%H', 'refs/mtos/tasks')
    expect(git(here, 'grep', '-h', id, log)).toContain(`akosha/${id}`)
    expect((await mhv(here, 'task', 'depend', '2', '--on', `ak/${id}`)).out).toBe(
      '#2 depends on akosha#2: Release\n',
    )
    const shown = await mhv(here, 'task', 'show', '2')
    expect(shown.out).toMatch(/status +waiting/)
    expect(shown.out).toMatch(/depends on +akosha#2 \(pending: Search\)/)
    const list = await json(here, 'task', 'list', '--status', 'waiting')
    expect(list.tasks.map(({ ref }: Document) => ref).sort()).toEqual(['crackerjack#1', 'crackerjack#2'])
    expect(list.problems).toEqual([])
    expect((await refused(here, 'start', '2')).message).toBe('#2 waits for akosha#2 Search.')
    expect((await refused(here, 'done', '2')).message).toContain('dependency akosha#2 Search')
    await json(all.at('akosha'), 'done', '2')
    expect((await json(here, 'ready')).tasks.map(({ ref }: Document) => ref)).toContain('crackerjack#2')
    expect((await json(here, 'start', '2', '--no-worktree')).task.status).toBe('in_progress')
    const removed = await json(here, 'task', 'depend', '1', '--on', 'sb#1', '--remove')
    expect(removed.task.depends_on.sort()).toEqual(['akosha#2', 'session-buddy#2'])
  })

  test('at its creation, from the third repository; a bare number that could be of two is asked about', async () => {
    const all = await federationOf(THREE)
    const third = all.at('session-buddy')
    const made = await json(
      third,
      'task',
      'create',
      'New',
      '--repo',
      'cj',
      '--depends-on',
      'ak#1,2',
      '--depends-on',
      '3',
    )
    expect(made.task.depends_on.sort()).toEqual(['akosha#1', 'akosha#2', 'crackerjack#3'])
    const unclear = await refused(third, 'task', 'depend', 'cj#1', '--on', '2')
    expect(unclear.message).toContain('write crackerjack#2 or session-buddy#2')
    expect((await json(third, 'task', 'depend', 'cj#1', '--on', 'session-buddy#2')).task.depends_on).toEqual([
      'session-buddy#2',
    ])
    expect((await json(all.directory, 'task', 'depend', 'cj#1', '--on', '2')).task.depends_on).toContain(
      'crackerjack#2',
    )
    const missing = await refused(third, 'task', 'depend', '1', '--on', 'ak#99')
    expect(missing.message).toBe('akosha: There is no task #99.')
  })

  test('a cycle over three repositories is refused, wherever it would be closed', async () => {
    const all = await federationOf(THREE)
    const out = all.directory
    await json(out, 'task', 'depend', 'cj#1', '--on', 'ak#1')
    await json(out, 'task', 'depend', 'ak#1', '--on', 'sb#1')
    expect((await refused(all.at('session-buddy'), 'task', 'depend', '1', '--on', 'cj#1')).message).toContain(
      '#1 → crackerjack#1 → akosha#1 → #1',
    )
    await json(out, 'task', 'depend', 'sb#1', '--on', 'cj#2')
    const before = stored(all, 'crackerjack')
    // Both ends are here; what closes the cycle is elsewhere.
    const local = await refused(all.at('crackerjack'), 'task', 'depend', '2', '--on', '1')
    expect(local).toMatchObject({
      name: 'DEPENDENCY_CYCLE',
      message: expect.stringContaining('#2 → #1 → akosha#1 → session-buddy#1 → #2'),
    })
    const part = await refused(all.at('crackerjack'), 'task', 'edit', '1', '--parent', '2')
    expect(part.name).toBe('DEPENDENCY_CYCLE')
    expect(stored(all, 'crackerjack')).toBe(before)
    expect((await json(all.at('crackerjack'), 'task', 'edit', '2', '--parent', '1')).changed).toBe(true)
  })

  test('what is completed unblocks here and elsewhere, and says so', async () => {
    const all = await federationOf(THREE)
    const out = all.directory
    await json(out, 'task', 'depend', 'ak#1', '--on', 'cj#1')
    await json(out, 'task', 'depend', 'ak#2', '--on', 'cj#1', '--on', 'sb#1')
    await json(out, 'task', 'depend', '--repo', 'cj', '2', '--on', '1')
    expect((await mhv(all.at('crackerjack'), 'done', '1')).out).toContain(
      'Unblocks: #2 Release, akosha#1 Index\n',
    )
    expect((await json(out, 'done', 'sb#1')).unblocks).toEqual(['akosha#2'])
    expect((await json(out, 'done', 'sb#1')).unblocks).toEqual([])
    rmSync(join(out, 'repos.yaml'))
    expect((await json(all.at('crackerjack'), 'done', '2')).unblocks).toEqual([])
  })
})

describe('a repository that cannot be seen', () => {
  const ID = '01JF3ZK4Q8M6W2T5V7X9Y0A1BC'

  test('is waited for by a reference, and that is said everywhere and is no error', async () => {
    const all = await federationOf({ crackerjack: ['A', 'B'] }, ['crackerjack', 'gone'])
    const here = all.at('crackerjack')
    expect(await refused(here, 'task', 'depend', '1', '--on', 'go#3')).toMatchObject({
      name: 'REPOSITORY_MISSING',
    })
    const depended = await mhv(here, 'task', 'depend', '1', '--on', `go/${ID}`)
    expect(depended.out).toBe(`#1 depends on gone/${ID}: A\n`)
    const said = `gone: #1 waits until it can be seen: gone is not there: there is no directory ${all.at('gone')}`
    expect(depended.err).toBe(`Note: ${said}\n`)
    for (const argv of [['task', 'list'], ['ready'], ['task', 'show', '1']]) {
      const answer = await mhv(here, ...argv)
      expect(answer).toMatchObject({ code: 0, err: `Problem: ${said}\n` })
    }
    expect((await json(here, 'task', 'list')).problems).toMatchObject([
      { repository: 'gone', code: 'REPOSITORY_MISSING' },
    ])
    const doctor = await json(here, 'doctor')
    expect(doctor.findings.map(({ code }: Document) => code)).toContain('DEPENDENCY_UNSEEN')
    expect((await mhv(here, 'preflight')).out).not.toContain('gone')
    expect((await refused(here, 'start', '1')).message).toContain(`gone/${ID}, which cannot be seen`)
    expect((await json(here, 'done', '2')).task.status).toBe('completed')
    writeFileSync(join(all.directory, 'repos.yaml'), reposYaml(['crackerjack']))
    expect((await json(here, 'task', 'list')).problems).toMatchObject([{ code: 'UNKNOWN_REPOSITORY' }])
    rmSync(join(all.directory, 'repos.yaml'))
    expect((await json(here, 'task', 'list')).problems).toMatchObject([{ code: 'NO_FEDERATION' }])
    writeFileSync(join(all.directory, 'repos.yaml'), 'repos: 7')
    expect((await json(here, 'task', 'list')).problems).toMatchObject([{ code: 'REPOS_INVALID' }])
    const removed = await json(here, 'task', 'depend', '1', '--on', `gone/${ID}`, '--remove')
    expect(removed.task.depends_on).toEqual([])
  })

  test('is waited for also where the file does not list it; a number there is refused', async () => {
    const all = await federationOf({ crackerjack: ['A'] })
    const here = all.at('crackerjack')
    expect(await refused(here, 'task', 'depend', '1', '--on', 'crackerjak#3')).toMatchObject({
      name: 'UNKNOWN_REPOSITORY',
    })
    expect(await mhv(all.directory, 'task', 'depend', 'cj#1', '--on', `crackerjak/${ID}`)).toEqual({
      code: 0,
      out: `crackerjack#1 depends on crackerjak/${ID}: A\n`,
      err: `Note: crackerjak: #1 waits until it can be seen: no repository in ${join(all.directory, 'repos.yaml')} is called so; did you mean crackerjack?\n`,
    })
    expect((await json(here, 'tc', 'B', '--depends-on', `zz/${ID}`)).task.depends_on).toEqual([`zz/${ID}`])
  })

  test('broken, or without that task: the same', async () => {
    const all = await federationOf({ crackerjack: ['A', 'B'], akosha: ['C'] })
    const here = all.at('crackerjack')
    await json(here, 'task', 'depend', '1', '--on', 'ak#1')
    rmSync(join(all.at('akosha'), '.git', 'HEAD'))
    const broken = await json(here, 'task', 'list')
    expect(broken.tasks).toHaveLength(2)
    expect(broken.problems).toMatchObject([{ repository: 'akosha' }])
    expect((await json(here, 'done', '2')).task.status).toBe('completed')
    rmSync(all.at('akosha'), { recursive: true })
    mkdirSync(all.at('akosha'))
    git(all.at('akosha'), 'init', '--quiet')
    expect((await json(here, 'task', 'list')).problems).toMatchObject([{ code: 'NOT_INITIALISED' }])
    await mhv(all.at('akosha'), 'init')
    expect((await json(here, 'task', 'list')).problems).toMatchObject([{ code: 'TASK_NOT_FOUND' }])
  })

  test('nothing is read of a federation that no task of here is about', async () => {
    const all = await federationOf({ crackerjack: ['A'], akosha: ['C'] })
    writeFileSync(join(all.directory, 'repos.yaml'), 'no: list')
    const answer = await mhv(all.at('crackerjack'), 'task', 'list')
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect((await json(all.at('crackerjack'), 'done', '1')).unblocks).toEqual([])
  })
})

describe('a repository that is known by its URL', () => {
  test('is written on its remote, waited for by what was fetched, and not worked in', async () => {
    const all = await federationOf({ crackerjack: ['A'], akosha: ['B', 'C'] })
    const remote = join(temporaryDirectory(), 'remote.git')
    git(all.directory, 'clone', '--quiet', '--bare', all.at('akosha'), remote)
    git(all.at('akosha'), 'push', '--quiet', remote, 'refs/mtos/tasks')
    rmSync(all.at('akosha'), { recursive: true })
    writeFileSync(
      join(all.directory, 'repos.yaml'),
      `repos:\n  - {name: crackerjack, path: crackerjack}\n  - {name: akosha, url: ${remote}, nickname: ak}\n`,
    )
    const here = all.at('crackerjack')
    const before = git(remote, 'rev-parse', 'refs/mtos/tasks')
    expect((await json(here, 'task', 'assign', 'ak#1', 'bob')).task.ref).toBe('akosha#1')
    expect(git(remote, 'rev-parse', 'refs/mtos/tasks~1')).toBe(before)
    expect((await json(here, 'task', 'depend', '1', '--on', 'ak#1,2')).task.waiting_on.sort()).toEqual([
      'akosha#1',
      'akosha#2',
    ])
    expect((await json(here, 'task', 'depend', 'ak#1', '--on', 'ak#2')).changed).toBe(true)
    const { error } = await mhvJson(here, 'task', 'depend', 'ak#2', '--on', 'crackerjack#1')
    expect(error).toMatchObject({ name: 'DEPENDENCY_CYCLE' })
    expect(error.recovery).toEqual(['mhv task show crackerjack#1'])
    expect(await refused(here, 'start', 'ak#2')).toMatchObject({ name: 'REPOSITORY_MISSING' })
    const late = await refused(here, 'task', 'check', 'ak#1', '7')
    expect(late.recovery).toEqual(['mhv task show 1 --repo akosha'])
    await json(here, 'done', 'ak#2')
    rmSync(remote, { recursive: true })
    const list = await json(here, 'task', 'list')
    expect(list.tasks[0].waiting_on).toEqual(['akosha#1'])
    expect(list.problems).toEqual([])
  })
})

test('git’s variables, which a hook sets for one repository, lead to no other', async () => {
  const all = await federationOf({ crackerjack: ['A'], akosha: ['B'] })
  process.env.GIT_DIR = join(all.at('akosha'), '.git')
  try {
    expect((await json(all.at('akosha'), 'task', 'show', 'cj#1')).task.title).toBe('A')
    expect((await json(all.at('akosha'), 'task', 'assign', 'cj#1', 'bob')).task.assignee).toBe('bob')
  } finally {
    delete process.env.GIT_DIR
  }
  expect((await taskAt(all, 'akosha', 1)).assignee).toBeNull()
})
