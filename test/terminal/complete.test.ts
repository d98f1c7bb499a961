import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { httpRemote } from '../support/http-remote.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

/** What the built program answers a shell, as pairs of a candidate and its meaning; the last word is at the cursor. */
async function complete(cwd: string, ...words: string[]): Promise<[string, string][]> {
  const { code, out, err } = await mhvProcess(cwd, ['__complete', 'zsh', `${words.length}`, 'mhv', ...words])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [value = '', meaning = ''] = line.split('\t')
      return [value, meaning]
    })
}
const values = async (cwd: string, ...words: string[]) =>
  (await complete(cwd, ...words)).map(([value]) => value)

/** A repository with a task of each kind, made once: completing changes nothing. */
async function tasksOfEachKind(): Promise<string> {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  const create = (title: string, ...more: string[]) => mhv(demo, 'tc', title, '--no-parse', ...more)
  await create('Fix the login', '--label', 'auth', '--label', 'web', '--assignee', 'Ben Oh <ben@example.com>')
  await create('Write the notes', '--depends-on', '1', '--label', 'auth')
  await create('Has ended')
  await create('Is worked on')
  await create('Is held up')
  await create('Was a mistake')
  await mhv(demo, 'done', '3')
  await mhv(demo, 'start', '4')
  await mhv(demo, 'task', 'block', '5', '--reason', 'no key')
  await mhv(demo, 'task', 'delete', '6')
  return demo
}

describe('in a repository', () => {
  test('in front of a command there are the flags of the program', async () => {
    const demo = temporaryRepository()
    expect(await values(demo, '--pl')).toEqual(['--plain'])
    expect(await values(demo, '-C', '.', '--js')).toEqual(['--json'])
    expect([...(await values(demo, '-'))].sort()).toEqual(
      [
        '--json',
        '--debug',
        '--plain',
        '--quiet',
        '--verbose',
        '--no-pager',
        '-C',
        '--version',
        '--help',
      ].sort(),
    )
  })

  test('numbers of tasks come with their titles, those that fit the command in front', async () => {
    const demo = await tasksOfEachKind()
    const numbers = (...words: string[]) => values(demo, ...words)
    expect(await complete(demo, 'start', '')).toEqual([
      ['1', 'Fix the login'],
      ['4', 'Is worked on'],
      ['5', 'Is held up'],
      ['2', 'Write the notes (waits)'],
    ])
    expect(await numbers('task', 'start', '')).toEqual(await numbers('start', ''))
    expect((await numbers('done', ''))[0]).toBe('4')
    expect(await numbers('done', '')).not.toContain('3')
    expect(await complete(demo, 'task', 'reopen', '')).toEqual([['3', 'Has ended (completed)']])
    expect(await numbers('task', 'unblock', '')).toEqual(['5'])
    expect(await numbers('task', 'restore', '')).toEqual(['6'])
    expect(await numbers('switch', '')).toEqual(['4', '5'])
    expect(await numbers('task', 'show', '')).toHaveLength(5)
    expect(await numbers('task', 'show', '4')).toEqual(['4'])
    expect(await numbers('task', 'show', '#4')).toEqual(['#4'])
    expect(await numbers('task', 'show', '9')).toEqual([])
    // Of a list, what it has already is not offered again.
    expect(await numbers('task', 'unblock', '1,')).toEqual(['1,5'])
    expect(await numbers('task', 'unblock', '5,')).toEqual([])
    expect(await numbers('task', 'depend', '2', '--on', '1,4')).toEqual(['1,4'])
    expect(await numbers('tc', 'words', '--parent', '1')).toEqual(['1'])
    // One task, and nothing behind it.
    expect(await numbers('start', '1', '')).toEqual([])
    expect(await numbers('worktree', 'remove', '')).toEqual(['4'])
    expect(await numbers('wc', '')).toEqual(['4', '5', '1', '2', 'main', 'task/4'])
  })

  test('labels, people, branches and remotes', async () => {
    const demo = await tasksOfEachKind()
    expect(await complete(demo, 'tl', '--label', '')).toEqual([
      ['auth', 'on 2 tasks'],
      ['web', 'on 1 task'],
    ])
    expect(await values(demo, 'tl', '--label', 'auth,')).toEqual(['auth,web'])
    expect(await values(demo, 'tl', '--label=w')).toEqual(['--label=web'])
    expect(await values(demo, 'tc', 'words', '-l', 'a')).toEqual(['auth'])
    expect(await values(demo, 'task', 'label', '1', 'auth', '')).toEqual(['web'])
    const people = [
      ['me', 'you, as git knows you'],
      ['none', 'nobody'],
      ['ann@example.com', 'Ann'],
      ['ben@example.com', 'Ben Oh'],
    ]
    expect(await complete(demo, 'task', 'assign', '1', '')).toEqual(people)
    expect(await complete(demo, 'tl', '-a', 'b')).toEqual([['ben@example.com', 'Ben Oh']])
    // Whoever types a name is offered names; who is to do a task is written down with the address.
    expect(await complete(demo, 'tl', '-a', 'Be')).toEqual([['Ben Oh', 'ben@example.com']])
    expect(await complete(demo, 'tl', '--created-by=A')).toEqual([['--created-by=Ann', 'ann@example.com']])
    expect(await values(demo, 'task', 'assign', '1', 'Be')).toEqual(['Ben Oh <ben@example.com>'])
    expect(await values(demo, 'tc', 'words', '--assignee', 'Be')).toEqual(['Ben Oh <ben@example.com>'])
    expect(await values(demo, 'tl', '-a', 'Zo')).toEqual([])
    git(demo, 'branch', 'topic/one')
    git(demo, 'pack-refs', '--all')
    git(demo, 'branch', 'topic/two')
    expect(await values(demo, 'start', '1', '--branch', 'top')).toEqual(['topic/one', 'topic/two'])
    git(demo, 'remote', 'add', 'upstream', '../nowhere')
    expect(await values(demo, 'sync', '--remote', '')).toEqual(['upstream'])
    // From below, and from a linked worktree.
    mkdirSync(join(demo, 'deep', 'er'), { recursive: true })
    expect(await values(join(demo, 'deep', 'er'), 'task', 'unblock', '')).toEqual(['5'])
    const { worktree } = await mhvJson(demo, 'start', '4')
    expect(await values(worktree, 'task', 'unblock', '')).toEqual(['5'])
    expect(await values('/', '-C', demo, 'task', 'unblock', '')).toEqual(['5'])
  })

  test('what cannot be told is not said, and nothing is ever written', async () => {
    const empty = temporaryDirectory()
    expect(await complete(empty, 'start', '')).toEqual([])
    expect(await complete(empty, 'tl', '--label', '')).toEqual([])
    expect(await complete(empty, '-C', '/no/such/place', 'start', '')).toEqual([])
    expect(await complete(empty, 'tl', '--repo', '')).toEqual([])
    expect(await complete(empty, 'tl', '--repos', '/no/such/file', '--repo', '')).toEqual([])
    const demo = await tasksOfEachKind()
    const mtos = join(demo, '.git', 'mtos')
    const before = readdirSync(mtos).sort()
    await complete(demo, 'start', '')
    expect(readdirSync(mtos).sort()).toEqual(before)
    // Damaged, the index is left to the next command.
    for (const name of before.filter((file) => file.startsWith('index.'))) {
      const whole = readFileSync(join(mtos, name))
      const middle = whole.length >> 1
      for (const damaged of [whole.subarray(0, middle), Buffer.from(whole).fill(7, middle)]) {
        writeFileSync(join(mtos, name), damaged)
        for (const words of [
          ['start', ''],
          ['tl', '--label', ''],
          ['tl', '--assignee', ''],
        ]) {
          await complete(demo, ...words)
        }
        expect(readFileSync(join(mtos, name))).toEqual(damaged)
      }
      writeFileSync(join(mtos, name), whole)
    }
    expect(await values(demo, 'task', 'unblock', '')).toEqual(['5'])
  })

  test('criteria of the task that is named, by their places', async () => {
    const demo = temporaryRepository()
    await mhv(demo, 'init')
    await mhv(demo, 'tc', 'Has none', '--no-parse')
    await mhv(demo, 'tc', 'Has two', '--no-parse', '--criterion', 'first one', '--criterion', 'second one')
    const all = [
      ['1', 'first one'],
      ['2', 'second one'],
    ]
    expect(await complete(demo, 'task', 'check', '2', '')).toEqual(all)
    expect(await complete(demo, 'task', 'check', '#2', '1,')).toEqual([['1,2', 'second one']])
    expect(await complete(demo, 'task', 'edit', '2', '--remove-criterion', '')).toEqual(all)
    await mhv(demo, 'task', 'check', '2', '1')
    expect(await complete(demo, 'task', 'check', '2', '1')).toEqual([['1', 'met: first one']])
    expect(await complete(demo, 'task', 'check', '1', '')).toEqual([])
    expect(await complete(demo, 'task', 'check', '9', '')).toEqual([])
    expect(await complete(demo, 'task', 'check', 'words', '')).toEqual([])
  })

  test('what can be brought back lies in the trash', async () => {
    const demo = temporaryRepository()
    await mhv(demo, 'init')
    for (const title of ['Stays', 'Goes']) await mhv(demo, 'tc', title, '--no-parse')
    expect(await complete(demo, 'worktree', 'undo', '')).toEqual([])
    for (const number of ['1', '2']) await mhv(demo, 'start', number)
    expect(await complete(demo, 'worktree', 'undo', '')).toEqual([])
    const other = join(temporaryDirectory(), 'other')
    git(demo, 'worktree', 'add', '--quiet', other, '-b', 'topic')
    expect((await mhv(demo, 'worktree', 'remove', '2')).code).toBe(0)
    expect((await mhv(demo, 'worktree', 'remove', other)).code).toBe(0)
    expect(await complete(demo, 'worktree', 'undo', '')).toEqual([
      [other, 'topic'],
      ['2', 'Goes'],
    ])
    expect((await mhv(demo, 'worktree', 'undo', '2')).code).toBe(0)
    expect(await values(demo, 'worktree', 'undo', '')).toEqual([other])
  })

  test('a long title is cut to what a list has room for', async () => {
    const demo = temporaryRepository()
    await mhv(demo, 'init')
    await mhv(demo, 'tc', `${'long '.repeat(30)}title`, '--no-parse')
    const [[number, title] = ['', '']] = await complete(demo, 'start', '')
    expect(number).toBe('1')
    expect(title).toHaveLength(70)
    expect(title).toMatch(/…$/)
  })
})

describe('commands and flags', () => {
  let here = ''
  beforeAll(() => {
    here = process.cwd()
  })
  const table: [string[], { has?: string[]; lacks?: string[]; are?: string[] }][] = [
    [
      [''],
      { has: ['task', 'tc', 'tl', 'start', 'done', 'prompt', 'completion'], lacks: ['hook', '__complete'] },
    ],
    [['st'], { are: ['start', 'status'] }],
    [['task', 'un'], { are: ['unblock', 'undo'] }],
    [['worktree', ''], { has: ['create', 'list', 'undo'], lacks: ['task'] }],
    [['help', 'ta'], { are: ['task'] }],
    [['nonsense', ''], { are: [] }],
    [['tl', 'some', 'words'], { are: [] }],
    [['tl', '--st'], { are: ['--status'] }],
    [['tl', '--overdue', '--over'], { are: ['--overridden'] }],
    [['tl', '--status', 'open', '--st'], { are: ['--status'] }],
    [['tc', '--pri', 'x'], { are: [] }],
    [['start', '--no-'], { has: ['--no-worktree', '--no-setup'] }],
    [['start', '1', '--', '--'], { are: [] }],
    [['tl', '--status', 'p'], { are: ['pending'] }],
    [['tl', '--status', 'pending,b'], { are: ['pending,blocked'] }],
    [['tl', '--status=pending,b'], { are: ['--status=pending,blocked'] }],
    [['tl', '--status', 'pending,blocked,'], { lacks: ['pending,blocked,pending'] }],
    [['tl', '--format', ''], { are: ['table', 'json', 'jsonl', 'csv', 'markdown'] }],
    [['tl', '--sort', 'creat'], { are: ['created', 'created:desc'] }],
    [['tl', '--sort', 'created:'], { are: ['created:desc'] }],
    [['tl', '--columns', 'number,ti'], { are: ['number,title'] }],
    [['tl', '--group-by', 'prio'], { are: ['priority'] }],
    [['tc', 'words', '-p', 'h'], { are: ['high'] }],
    [['tc', 'words', '-t', 'b'], { are: ['bug'] }],
    [['tc', 'words', '--title', ''], { are: [] }],
    [['explain', 'WORKTREE_E'], { are: ['WORKTREE_EXISTS'] }],
    [['explain', 'worktree_e'], { are: ['worktree_exists'] }],
    [['config', 'show', 'gating.j'], { are: ['gating.jobs'] }],
    [['gate', 'init', '--preset', 'py'], { has: [expect.stringMatching(/^py/)] }],
    [['audit', '--kind', 'TaskSta'], { are: ['TaskStarted', 'TaskStartReverted'] }],
    [['completion', ''], { are: ['bash', 'zsh', 'fish', 'powershell'] }],
    [['shell-init', ''], { are: ['bash', 'zsh', 'fish'] }],
    [['--json', 'task', 'sh'], { are: ['show'] }],
    // Behind -- of this one stands a command line.
    [['bug', '--', 'task', 'li'], { are: ['list'] }],
    [['bug', '--', ''], { has: ['task', 'tl', 'start'] }],
    [['bug', '-o', 'x', '--', 'tl', '--status', 'p'], { are: ['pending'] }],
    [['bug', '--out'], { are: ['--output'] }],
    [['bug', 'task', 'li'], { are: [] }],
    // Files are the shell's own matter.
    [['task', 'import', 'x'], { are: [''] }],
    [['tl', '--repos', ''], { are: [''] }],
  ]
  for (const [words, { has, lacks, are }] of table) {
    test(`mhv ${words.join(' ')}▮`, async () => {
      const found = await values(here, ...words)
      if (are) expect(found).toEqual(are)
      for (const one of has ?? []) expect(found).toContainEqual(one)
      for (const one of lacks ?? []) expect(found).not.toContain(one)
    })
  }

  test('every flag of every command is offered, with what it means', async () => {
    const { commands } = JSON.parse(readFileSync(join(here, 'oclif.manifest.json'), 'utf8')) as {
      commands: Record<string, { hidden?: boolean; flags: Record<string, { hidden?: boolean }> }>
    }
    for (const id of ['task:list', 'task:create', 'sync', 'prompt']) {
      const offered = await complete(here, ...id.split(':'), '--')
      const flags = Object.entries(commands[id]!.flags).filter(([, { hidden }]) => !hidden)
      for (const [name] of flags) {
        const [, meaning] = offered.find(([value]) => value === `--${name}`) ?? []
        expect(meaning, `${id} --${name}`).toMatch(/\w/)
      }
    }
  })
})

describe('what is configured', () => {
  /** A repository and a user's own place, with a file in each. */
  function configured(own: string, repository: string) {
    const demo = temporaryRepository()
    const [config, cache] = [temporaryDirectory(), temporaryDirectory()]
    mkdirSync(join(config, 'mhv'))
    const write = (text: string) => writeFileSync(join(config, 'mhv', 'config.yaml'), text)
    write(own)
    writeFileSync(join(demo, '.mhvrc.yaml'), repository)
    const env = { XDG_CONFIG_HOME: config, XDG_CACHE_HOME: cache }
    const complete = async (...words: string[]) => {
      const argv = ['__complete', 'zsh', `${words.length}`, 'mhv', ...words]
      const { code, out, err } = await mhvProcess(demo, argv, { env })
      expect({ code, err }).toEqual({ code: 0, err: '' })
      return out.split('\n').filter((line) => line !== '')
    }
    return { demo, cache, write, complete }
  }

  test('aliases come with what they stand for, and complete as it does', async () => {
    const { complete, write } = configured(
      'aliases: {mine: task list --assignee me, zz: start, tl: start}',
      '',
    )
    expect(await complete('mi')).toEqual(['mine\tmhv task list --assignee me'])
    // None can hide a command.
    expect(await complete('tl')).toEqual([expect.stringMatching(/^tl\t(?!mhv)/)])
    expect(await complete('mine', '--status', 'pend')).toEqual(['pending'])
    expect(await complete('mine', '--st')).toEqual([expect.stringMatching(/^--status\t/)])
    write('aliases: {other: start}')
    expect(await complete('mi')).toEqual([])
    expect(await complete('oth')).toEqual(['other\tmhv start'])
  })

  test('keys of aliases that there are, beside those of every configuration', async () => {
    const { complete } = configured('aliases: {mine: task list --assignee me, when: tl}', '')
    const both = ['aliases.mine\tmhv task list --assignee me', 'aliases.when\tmhv tl']
    for (const verb of ['get', 'set', 'unset', 'list']) {
      expect(await complete('config', verb, 'aliases.')).toEqual(both)
    }
    expect(await complete('config', 'set', 'aliases.w')).toEqual(both.slice(1))
    expect(await complete('config', 'get', 'ali')).toEqual([expect.stringMatching(/^aliases\t/), ...both])
    expect(await complete('config', 'get', 'gating.j')).toEqual([expect.stringMatching(/^gating\.jobs/)])
  })

  test('gates of the repository come with their commands, else one’s own', async () => {
    const gates = 'gates: [{name: lint, command: make lint}, {name: test, command: make test}]'
    const { demo, complete } = configured('gates: [{name: mine, command: x}]', gates)
    expect(await complete('gate', 'run', '--only', '')).toEqual(['lint\tmake lint', 'test\tmake test'])
    expect(await complete('gate', 'run', '--only', 'lint,')).toEqual(['lint,test\tmake test'])
    expect(await complete('gate', 'run', '--only=l')).toEqual(['--only=lint\tmake lint'])
    mkdirSync(join(demo, 'deep'))
    expect(await complete('-C', 'deep', 'gate', 'run', '--only', 't')).toEqual(['test\tmake test'])
    writeFileSync(join(demo, '.mhvrc.yaml'), 'gating: {jobs: 2}')
    expect(await complete('gate', 'run', '--only', '')).toEqual(['mine\tx'])
  })

  test('themes are those that the program brings and one’s own', async () => {
    const { complete } = configured('ui: {themes: {dusk: {}}}', '')
    expect(await complete('ui', '--theme', '')).toEqual([
      'auto',
      'light',
      'dark',
      'high-contrast',
      'dusk\tyour own',
    ])
    expect(await complete('ui', '--theme=hi')).toEqual(['--theme=high-contrast'])
  })

  test('what is broken, or has no place to be kept in, costs time only', async () => {
    const { cache, complete, write } = configured('aliases: {mine: tl}', '')
    await complete('mi')
    for (const name of readdirSync(join(cache, 'mhv', 'names'))) {
      writeFileSync(join(cache, 'mhv', 'names', name), '{"key":')
    }
    expect(await complete('mi')).toEqual(['mine\tmhv tl'])
    rmSync(join(cache, 'mhv'), { recursive: true })
    writeFileSync(join(cache, 'mhv'), '')
    expect(await complete('mi')).toEqual(['mine\tmhv tl'])
    write('aliases: {')
    expect(await complete('mi')).toEqual([])
    expect(await complete('star')).toEqual([expect.stringMatching(/^start\t/)])
  })

  test('nothing of a file but its names is kept', async () => {
    const { cache, complete } = configured('aliases: {mine: tl}\n# hunter2\n', '')
    await complete('mi')
    const kept = readdirSync(join(cache, 'mhv', 'names'))
    expect(kept).toHaveLength(1)
    expect(readFileSync(join(cache, 'mhv', 'names', kept[0]!), 'utf8')).not.toContain('hunter2')
  })
})

test('repositories, and tasks of each', async () => {
  const { at, directory } = await federationOf({ akosha: ['Keep it', 'Lose it'], crackerjack: ['Crack it'] })
  const elsewhere = at('crackerjack')
  // The list is known once a command has read it.
  expect(await values(elsewhere, 'tl', '--repo', '')).toEqual([])
  await mhv(elsewhere, 'tl', '--all')
  expect(await values(elsewhere, 'tl', '--repo', '')).toEqual(['akosha', 'ak', 'crackerjack', 'cj'])
  expect(await values(elsewhere, 'tl', '--repo', 'akosha,c')).toEqual(['akosha,crackerjack', 'akosha,cj'])
  expect(await values(directory, 'repos', 'remove', 'cr')).toEqual(['crackerjack'])
  expect(await values(elsewhere, 'start', 'a')).toEqual(['akosha#', 'ak#'])
  expect(await complete(elsewhere, 'start', 'akosha#')).toEqual([
    ['akosha#1', 'Keep it'],
    ['akosha#2', 'Lose it'],
  ])
  // Where it can be one repository only, its tasks come at once.
  expect(await values(elsewhere, 'start', 'ako')).toEqual(['akosha#1', 'akosha#2'])
  expect(await values(elsewhere, 'start', 'ak#1')).toEqual(['ak#1'])
  expect(await values(elsewhere, 'task', 'show', 'akosha#1,ak')).toEqual(['akosha#1,akosha#', 'akosha#1,ak#'])
  expect(await values(elsewhere, 'start', '--repo', 'akosha', '')).toEqual(['1', '2'])
  expect(await values(elsewhere, 'start', '')).toEqual(['1'])
  expect(await values(elsewhere, 'start', 'nobody#')).toEqual([])
})

test('a password in the URL of one repository hides none of them, and is kept in no list', async () => {
  const { at, directory } = await federationOf({ akosha: ['Keep it'], crackerjack: ['Crack it'] })
  const server = await httpRemote({ auth: { user: 'bob', password: 'hunter2' } })
  const { url, path } = server.repository('beta')
  git(at('akosha'), 'push', '--quiet', path, 'refs/mtos/tasks')
  const file = join(directory, 'repos.yaml')
  const secret = url.replace('://', '://bob:hunter2@')
  writeFileSync(file, `${readFileSync(file, 'utf8')}  - {name: beta, url: ${secret}}\n`)
  expect((await mhv(directory, 'tl', '--all')).out).toMatch(/beta +1/)
  expect(await values(directory, 'tl', '--repo', '')).toEqual(['akosha', 'ak', 'crackerjack', 'cj', 'beta'])
  expect(await complete(directory, 'start', 'akosha#')).toEqual([['akosha#1', 'Keep it']])
  expect(await complete(directory, 'start', 'beta#')).toEqual([['beta#1', 'Keep it']])
  const lists = join(homedir(), '.cache', 'mhv', 'federations')
  for (const name of readdirSync(lists)) {
    expect(readFileSync(join(lists, name), 'utf8')).not.toContain('hunter2')
  }
})
