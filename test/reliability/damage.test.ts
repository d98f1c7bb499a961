import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import {
  codesOf,
  commitFile,
  contentOf,
  demoWith,
  idOf,
  pathOf,
  store,
  tipOf,
  titlesOf,
} from '../support/hand-made.ts'
import { isRoot, mounted } from '../support/mounted.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { allTasks, expectError, expectWhole, mhvProcessJson } from '../support/whole.ts'

test('a disk that is full refuses the write, keeps what was there, and works again when there is room', async (context) => {
  const disk = join(temporaryDirectory(), 'disk')
  if (!mounted(disk, '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs')) return context.skip()
  const demo = join(disk, 'demo')
  execFileSync('git', ['init', '--quiet', '--template=', demo])
  git(demo, 'commit', '--quiet', '--allow-empty', '--message', 'First commit')
  expect((await mhvProcess(demo, ['init'])).code).toBe(0)
  expect((await mhvProcess(demo, ['task', 'create', 'Kept'])).code).toBe(0)
  const filler = join(disk, 'filler')
  for (let size = 1 << 20; size >= 1; size >>= 1) {
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(size))
    } catch {
      // This size does not fit any more; the next smaller one may.
    }
  }
  expectError(await mhvProcess(demo, ['task', 'create', 'Refused']), 'STORE_UNWRITABLE')
  expect(titlesOf(await allTasks(demo))).toEqual(['Kept'])
  rmSync(filler)
  expect((await mhvProcess(demo, ['task', 'create', 'Again'])).code).toBe(0)
  expect(titlesOf(await allTasks(demo))).toEqual(['Kept', 'Again'])
  await expectWhole(demo)
})

test('a repository that can only be read is read, and refuses writes', async (context) => {
  const demo = await demoWith('Kept')
  const bound = join(temporaryDirectory(), 'bound')
  if (isRoot) {
    if (!mounted(bound, '--bind', demo)) return context.skip()
    execFileSync('mount', ['-o', 'remount,ro,bind', bound])
  } else {
    cpSync(demo, bound, { recursive: true })
    execFileSync('chmod', ['-R', 'a-w', bound])
    onTestFinished(() => void execFileSync('chmod', ['-R', 'u+w', bound]))
  }
  expect(titlesOf(await allTasks(bound))).toEqual(['Kept'])
  const refused = await mhvProcess(bound, ['task', 'create', 'Refused'])
  expectError(refused, 'STORE_UNWRITABLE')
  expect(refused.err).toContain('ls -ld')
  expect(refused.err).not.toContain('df -h')
  const config = readFileSync(join(demo, '.git', 'config'), 'utf8')
  expectError(await mhvProcess(bound, ['deinit']), 'STORE_UNWRITABLE')
  expect(readFileSync(join(demo, '.git', 'config'), 'utf8')).toBe(config)
  // Neither an index that is behind nor one that is damaged and cannot be replaced is in the way.
  expect((await mhvProcess(demo, ['task', 'create', 'Later'])).code).toBe(0)
  for (const name of readdirSync(store(demo))) {
    if (name.startsWith('index.')) writeFileSync(join(store(demo), name), 'no index')
  }
  expect(titlesOf(await allTasks(bound))).toEqual(['Kept', 'Later'])
  expect((await mhvProcess(bound, ['doctor'])).out).toContain('INDEX_UNWRITABLE')
})

test('where the index has no place of its own, answers and writes are as right', async () => {
  const demo = await demoWith('Kept')
  rmSync(store(demo), { recursive: true })
  writeFileSync(store(demo), 'a file is in the way')
  const began = Date.now()
  expect((await mhvProcess(demo, ['task', 'create', 'Second'])).out).toContain('#2 created')
  expect(Date.now() - began).toBeLessThan(20_000)
  expect(titlesOf(await allTasks(demo))).toEqual(['Kept', 'Second'])
  const { ok, findings } = await mhvJson(demo, 'doctor')
  expect([ok, codesOf(findings)]).toEqual([true, ['INDEX_UNWRITABLE']])
})

test('an index with any byte changed, cut off or zeroed never gives a wrong answer', async () => {
  const demo = await demoWith(...Array.from({ length: 12 }, (_, i) => `Task ${i}`))
  rmSync(store(demo), { recursive: true })
  await mhv(demo, 'task', 'list')
  await mhv(demo, 'task', 'edit', '3', '--title', 'Changed')
  await mhv(demo, 'task', 'create', 'Newest')
  const right = (await mhv(demo, 'task', 'list', '--json')).out
  const files = readdirSync(store(demo)).filter((name) => name.startsWith('index.'))
  expect(files).toHaveLength(2)
  const saved = new Map(files.map((name) => [name, readFileSync(join(store(demo), name))]))
  const restore = () => {
    for (const name of readdirSync(store(demo))) {
      if (name.startsWith('index.')) rmSync(join(store(demo), name))
    }
    for (const [name, bytes] of saved) writeFileSync(join(store(demo), name), bytes)
  }
  for (const [name, bytes] of saved) {
    const step = Math.max(1, Math.floor(bytes.length / 150))
    for (let at = 0; at < bytes.length; at += step) {
      restore()
      const damaged = Buffer.from(bytes)
      damaged[at] = damaged[at]! ^ (1 << (at % 8))
      writeFileSync(join(store(demo), name), damaged)
      expect((await mhv(demo, 'task', 'list', '--json')).out, `${name} at ${at}`).toBe(right)
    }
    for (const damage of [
      (path: string) => truncateSync(path, bytes.length >> 1),
      (path: string) => truncateSync(path, bytes.length - 1),
      (path: string) => truncateSync(path, 0),
      (path: string) => writeFileSync(path, Buffer.alloc(bytes.length)),
      (path: string) => appendFileSync(path, 'more'),
    ]) {
      restore()
      damage(join(store(demo), name))
      expect((await mhv(demo, 'task', 'list', '--json')).out).toBe(right)
    }
  }
}, 120_000)

test('a number that the index gave out wrongly would be found: its header is checked', async () => {
  const demo = await demoWith('One', 'Two')
  rmSync(store(demo), { recursive: true })
  await mhv(demo, 'task', 'list')
  const base = join(store(demo), 'index.base')
  const bytes = readFileSync(base, 'latin1')
  expect(bytes).toContain('"highestNumber":2')
  writeFileSync(base, bytes.replace('"highestNumber":2', '"highestNumber":1'), 'latin1')
  expect((await mhvJson(demo, 'task', 'create', 'Three')).task.number).toBe(3)
})

test('a task file cut short hides no other task, and the doctor brings its events back', async () => {
  const demo = await demoWith('Whole', 'Cut')
  const id = await idOf(demo, 2)
  await mhv(demo, 'task', 'comment', '2', 'worth keeping')
  const before = (await mhvJson(demo, 'task', 'show', '2')).task
  commitFile(demo, pathOf(id), contentOf(demo, id).slice(0, -150))
  const listed = await mhvJson(demo, 'task', 'list')
  expect(titlesOf(listed.tasks)).toEqual(['Whole'])
  expect(listed.problems).toMatchObject([{ code: 'TASK_UNREADABLE' }])
  expect((await mhv(demo, 'task', 'list')).err).toContain(pathOf(id))
  expectError(await mhv(demo, 'task', 'show', '2'), 'TASK_NOT_FOUND')
  expect((await mhvJson(demo, 'task', 'create', 'Third')).task.number).toBe(3)
  const { ok, findings } = await mhvJson(demo, 'doctor')
  expect(ok).toBe(false)
  expect(findings).toMatchObject([{ code: 'TASK_UNREADABLE', severity: 'error', fix: 'mhv doctor --fix' }])
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, fixed.findings]).toEqual([true, []])
  expect((await mhvJson(demo, 'task', 'show', '2')).task).toEqual(before)
  await expectWhole(demo)
})

test('a projection edited by hand is read by its events, reported, and mended by a commit', async () => {
  const demo = await demoWith('True title')
  const id = await idOf(demo, 1)
  const right = contentOf(demo, id)
  commitFile(demo, pathOf(id), right.replace('title: True title', 'title: Written by hand'))
  expect(titlesOf((await mhvJson(demo, 'task', 'list')).tasks)).toEqual(['True title'])
  expect((await mhv(demo, 'doctor')).out).toContain('PROJECTION_STALE')
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, codesOf(fixed.mended)]).toEqual([true, ['PROJECTION_STALE']])
  expect(contentOf(demo, id)).toBe(right)
  expect(git(demo, 'log', '-1', '--format=%s', 'refs/mtos/tasks')).toBe(
    'Write a task file as the events make them',
  )
  await expectWhole(demo)
})

test.each([
  ['v: 1', 'v: 99'],
  ['kind: CommentAdded', 'kind: TaskTeleported'],
])('an event of a newer format (%s → %s) is read and never written over', async (from, to) => {
  const demo = await demoWith('Plain', 'From the future')
  await mhv(demo, 'task', 'comment', '2', 'hello')
  const id = await idOf(demo, 2)
  const content = contentOf(demo, id)
  const last = content.slice(content.lastIndexOf('  - id: '))
  const newer = content + last.replace(/id: \w+/, `id: ${'7Z'.padEnd(26, 'Z')}`).replace(from, to)
  commitFile(demo, pathOf(id), newer)
  const listed = await mhvJson(demo, 'task', 'list')
  expect(titlesOf(listed.tasks)).toEqual(['Plain', 'From the future'])
  expect(listed.problems).toMatchObject([{ code: 'NEWER_FORMAT' }])
  expectError(await mhv(demo, 'task', 'comment', '2', 'no'), 'NEWER_FORMAT')
  expect((await mhv(demo, 'task', 'comment', '1', 'yes')).code).toBe(0)
  const { ok, findings } = await mhvJson(demo, 'doctor', '--fix')
  expect([ok, codesOf(findings)]).toEqual([true, ['NEWER_FORMAT']])
  expect(contentOf(demo, id)).toBe(newer)
})

test('nothing of a file that no schema has let in reaches the terminal as it is', async () => {
  const demo = await demoWith('Plain', 'Loud')
  const id = await idOf(demo, 2)
  const loud = 'title: "\\e[2J\\u202eLoud"'
  commitFile(
    demo,
    pathOf(id),
    contentOf(demo, id)
      .replace('v: 1', 'v: 99')
      .replace(/^title: Loud$/m, loud),
  )
  commitFile(demo, 'tasks/\u001b[31m.yaml', 'a stray one')
  for (const argv of [
    ['task', 'list'],
    ['task', 'show', '2'],
    ['doctor'],
    ['task', 'list', '--format', 'csv'],
  ]) {
    const { out, err } = await mhv(demo, ...argv)
    expect(out + err).toContain('Loud')
    expect(out + err).not.toMatch(/[\u001b\u202e]/)
  }
})

test('a log of a newer format is read and never written', async () => {
  const demo = await demoWith('Plain')
  const tip = commitFile(demo, 'mtos.yaml', 'format: 2\nnovel: true\n')
  expect(titlesOf((await mhvJson(demo, 'task', 'list')).tasks)).toEqual(['Plain'])
  expectError(await mhv(demo, 'task', 'create', 'Refused'), 'NEWER_FORMAT')
  expect((await mhv(demo, 'doctor', '--fix')).out).toContain('NEWER_FORMAT')
  expect(tipOf(demo)).toBe(tip)
})

test('a clock set ten years back between two writes changes no order', async () => {
  const demo = await demoWith('Before')
  const env = { MHV_NOW: '2016-01-01T00:00:00Z' }
  expect((await mhvProcess(demo, ['task', 'edit', '1', '--title', 'After'], { env })).code).toBe(0)
  const second = await mhvProcessJson(demo, ['task', 'create', 'Old clock'], env)
  expect(second.task).toMatchObject({ number: 2, created_at: '2016-01-01T00:00:00.000Z' })
  expect(titlesOf(await allTasks(demo))).toEqual(['After', 'Old clock'])
  expect((await mhvProcess(demo, ['task', 'edit', '1', '--title', 'Again'])).code).toBe(0)
  rmSync(store(demo), { recursive: true })
  expect(titlesOf(await allTasks(demo))).toEqual(['Again', 'Old clock'])
  await expectWhole(demo)
})

test.each([
  [
    'to an ancestor',
    (demo: string) => git(demo, 'update-ref', 'refs/mtos/tasks', 'refs/mtos/tasks~2'),
    ['LOG_REWOUND'],
  ],
  ['to nothing', (demo: string) => git(demo, 'update-ref', '-d', 'refs/mtos/tasks'), ['LOG_GONE']],
  [
    'to an empty file, as a power cut leaves it',
    (demo: string) => writeFileSync(join(demo, '.git/refs/mtos/tasks'), ''),
    ['REF_DAMAGED'],
  ],
  [
    'to half an object id',
    (demo: string) => writeFileSync(join(demo, '.git/refs/mtos/tasks'), tipOf(demo).slice(0, 20)),
    ['REF_DAMAGED'],
  ],
  [
    'to zeros, over an older tip among the packed refs',
    (demo: string) => {
      git(demo, 'update-ref', 'refs/heads/tip', 'refs/mtos/tasks')
      git(demo, 'update-ref', 'refs/mtos/tasks', 'refs/mtos/tasks~1')
      git(demo, 'pack-refs', '--all')
      git(demo, 'update-ref', 'refs/mtos/tasks', 'refs/heads/tip')
      writeFileSync(join(demo, '.git/refs/mtos/tasks'), Buffer.alloc(8))
    },
    ['REF_DAMAGED'],
  ],
] as const)(
  'a tip moved by force %s is named, not written on, and brought back',
  async (_name, damage, codes) => {
    const demo = await demoWith('One', 'Two', 'Three')
    const tip = tipOf(demo)
    damage(demo)
    const listed = await mhv(demo, 'task', 'list')
    expect(listed.err).toMatch(/moved back|is gone|is damaged/)
    expectError(await mhv(demo, 'task', 'create', 'Refused'), 'LOG_REWOUND')
    expect(codesOf((await mhvJson(demo, 'doctor')).findings)).toEqual(codes)
    const fixed = await mhvJson(demo, 'doctor', '--fix')
    expect([fixed.ok, codesOf(fixed.mended)]).toEqual([true, codes])
    expect(tipOf(demo)).toBe(tip)
    expect((await mhvJson(demo, 'task', 'create', 'Four')).task.number).toBe(4)
    await expectWhole(demo)
  },
)

test('a damaged ref of the log is replaced by what the index holds where the mark is damaged too', async () => {
  const demo = await demoWith('One', 'Two')
  const tip = tipOf(demo)
  writeFileSync(join(demo, '.git/refs/mtos/tasks'), Buffer.alloc(41))
  writeFileSync(join(store(demo), 'high-water'), Buffer.alloc(41))
  expectError(await mhv(demo, 'init'), 'LOG_REWOUND')
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, codesOf(fixed.mended)]).toEqual([true, ['REF_DAMAGED', 'MARK_DAMAGED']])
  expect(tipOf(demo)).toBe(tip)
})

test.each(['mark', 'index'])(
  'a log that is gone is not begun anew while the %s remembers it',
  async (which) => {
    const demo = await demoWith('One', 'Two')
    const tip = tipOf(demo)
    for (const name of readdirSync(store(demo))) {
      if (name.startsWith('index.') === (which === 'mark'))
        rmSync(join(store(demo), name), { recursive: true })
    }
    git(demo, 'update-ref', '-d', 'refs/mtos/tasks')
    expectError(await mhv(demo, 'init'), 'LOG_REWOUND')
    expectError(await mhv(demo, 'task', 'list'), 'LOG_REWOUND')
    expect(git(demo, 'for-each-ref', 'refs/mtos/tasks')).toBe('')
    expect((await mhvJson(demo, 'doctor', '--fix')).ok).toBe(true)
    expect(tipOf(demo)).toBe(tip)
    // Where git has it no more, the doctor forgets it, and another may be begun.
    git(demo, 'update-ref', '-d', 'refs/mtos/tasks')
    git(demo, 'gc', '--quiet', '--prune=now')
    expect(codesOf((await mhvJson(demo, 'doctor', '--fix')).mended)).toEqual(['LOG_GONE'])
    expect((await mhvJson(demo, 'init')).log).toBe('begun')
  },
)

test('a damaged ref that nothing is known to replace is named with a step, and nothing is begun anew', async () => {
  const demo = await demoWith('One')
  const tip = tipOf(demo)
  writeFileSync(join(demo, '.git/refs/mtos/tasks'), tip.slice(0, 30))
  rmSync(store(demo), { recursive: true })
  expectError(await mhv(demo, 'task', 'list'), 'LOG_REWOUND')
  expectError(await mhv(demo, 'init'), 'LOG_REWOUND')
  const { ok, findings } = await mhvJson(demo, 'doctor', '--fix')
  expect([ok, codesOf(findings)]).toEqual([false, ['REF_DAMAGED']])
  expect(findings[0].fix).not.toContain('mhv doctor')
})

test.each([
  ['NUL bytes', Buffer.alloc(41)],
  ['an option', Buffer.from('--help\n')],
  ['a short id', Buffer.from('abcdef\n')],
  ['megabytes of garbage', Buffer.alloc(5_000_000, 'x')],
])('a high-water mark of %s is no mark: named by the doctor, in the way of nothing', async (_name, mark) => {
  const demo = await demoWith('One')
  const path = join(store(demo), 'high-water')
  writeFileSync(path, mark)
  expect(codesOf((await mhvJson(demo, 'doctor')).findings)).toEqual(['MARK_DAMAGED'])
  expect((await mhvJson(demo, 'doctor', '--fix')).ok).toBe(true)
  expect(readFileSync(path, 'utf8')).toBe(`${tipOf(demo)}\n`)
  writeFileSync(path, mark)
  expect((await mhvJson(demo, 'task', 'list')).problems).toEqual([])
  writeFileSync(path, mark)
  expect((await mhvJson(demo, 'task', 'create', 'Two')).task.number).toBe(2)
  expect(readFileSync(path, 'utf8')).toBe(`${tipOf(demo)}\n`)
})

test('a mark that names what was never a log is no state of it to go back to', async () => {
  const demo = await demoWith('One')
  const tip = tipOf(demo)
  const foreign = () => writeFileSync(join(store(demo), 'high-water'), `${git(demo, 'rev-parse', 'HEAD')}\n`)
  foreign()
  const told = await mhvJson(demo, 'doctor', '--fix')
  expect([told.ok, codesOf(told.mended), tipOf(demo)]).toEqual([true, ['MARK_DAMAGED'], tip])
  expect((await mhvJson(demo, 'task', 'create', 'Two')).task.number).toBe(2)
  for (const gone of [
    () => git(demo, 'update-ref', '-d', 'refs/mtos/tasks'),
    () => writeFileSync(join(demo, '.git/refs/mtos/tasks'), ''),
  ]) {
    const last = tipOf(demo)
    foreign()
    gone()
    expect((await mhvJson(demo, 'doctor', '--fix')).ok).toBe(true)
    expect(tipOf(demo)).toBe(last)
  }
})

test('a log that was cut back and gone on with is not overwritten; the step that the doctor names leads out', async () => {
  const demo = await demoWith('One', 'Two', 'Three')
  const seen = tipOf(demo)
  const old = git(demo, 'rev-parse', 'refs/mtos/tasks~2')
  const tree = git(demo, 'rev-parse', `${old}^{tree}`)
  for (const other of [
    git(demo, 'commit-tree', '-p', old, '-m', 'Other', tree),
    git(demo, 'commit-tree', '-m', 'Unrelated', tree),
  ]) {
    git(demo, 'update-ref', 'refs/mtos/tasks', other)
    const listed = await mhvJson(demo, 'task', 'list')
    expect([titlesOf(listed.tasks), codesOf(listed.problems)]).toEqual([['One'], ['LOG_REWOUND']])
    expectError(await mhv(demo, 'task', 'create', 'Refused'), 'LOG_REWOUND')
    const { ok, findings } = await mhvJson(demo, 'doctor', '--fix')
    expect([ok, codesOf(findings)]).toEqual([false, ['LOG_REWOUND']])
    expect(tipOf(demo)).toBe(other)
    execFileSync('sh', ['-c', findings[0].fix], { cwd: demo })
    expect(tipOf(demo)).toBe(seen)
    expect(git(demo, 'rev-parse', `refs/mtos/trash/tasks-${other.slice(0, 12)}`)).toBe(other)
    expect((await mhvJson(demo, 'doctor')).ok).toBe(true)
  }
})

test('a log cut back to before what git still has is taken as it is once the doctor is told to', async () => {
  const demo = await demoWith('One', 'Two')
  git(demo, 'update-ref', 'refs/mtos/tasks', 'refs/mtos/tasks~1')
  git(demo, 'gc', '--quiet', '--prune=now')
  expectError(await mhv(demo, 'task', 'create', 'Refused'), 'LOG_REWOUND')
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, codesOf(fixed.mended)]).toEqual([true, ['LOG_REWOUND']])
  expect((await mhvJson(demo, 'task', 'create', 'Two again')).task.number).toBe(2)
})

test('an object that is damaged in the object database hides no other task', async () => {
  const demo = await demoWith('Whole', 'Rotten')
  const body = 'words that do not compress well '
    .split('')
    .map((c, i) => c + i * 7919)
    .join('')
  await mhv(demo, 'task', 'edit', '2', '-d', body)
  const id = await idOf(demo, 2)
  const blob = git(demo, 'rev-parse', `refs/mtos/tasks:${pathOf(id)}`)
  const file = join(demo, '.git', 'objects', blob.slice(0, 2), blob.slice(2))
  expect(existsSync(file)).toBe(true)
  chmodSync(file, 0o644)
  const bytes = readFileSync(file)
  for (const at of [0, 20, bytes.length >> 1, bytes.length - 3]) {
    const damaged = Buffer.from(bytes)
    damaged[at] = damaged[at]! ^ 0x55
    writeFileSync(file, damaged)
    rmSync(store(demo), { recursive: true, force: true })
    const listed = await mhvJson(demo, 'task', 'list')
    expect([titlesOf(listed.tasks), codesOf(listed.problems)], `at ${at}`).toEqual([
      ['Whole'],
      ['OBJECT_MISSING'],
    ])
    expect(codesOf((await mhvJson(demo, 'doctor')).findings)).toContain('TASK_UNREADABLE')
  }
})
