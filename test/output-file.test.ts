import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { mhv, PROGRAM } from './support/cli.ts'
import { asOrdinaryUser } from './support/ordinary-user.ts'
import { temporaryDirectory, temporaryRepository } from './support/repository.ts'

let demo: string

beforeEach(async () => {
  demo = temporaryRepository()
  await mhv(demo, 'init', '--no-hooks')
  const tasks = Array.from({ length: 100 }, (_, i) =>
    JSON.stringify({ source: 'x', id: String(i), title: `Task ${i} ${'x'.repeat(100)}` }),
  )
  execFileSync(process.execPath, [PROGRAM, 'task', 'import', '-'], { cwd: demo, input: tasks.join('\n') })
})

/** Types a line, `mhv` being the built program and `$there` a directory. */
function typed(there: string, line: string) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `mhv() { "$node" "$program" "$@"; }; ${line}`], {
    cwd: demo,
    encoding: 'utf8',
    env: { ...process.env, there, node: process.execPath, program: PROGRAM },
  })
  return { status, stdout, stderr }
}

/** No file gets longer than a kilobyte from here on, as on a disk that is nearly full. */
const FULL = 'ulimit -f 2;'

test.each([
  'task export --output "$there/file" --force',
  'task export --format csv --output "$there/file" --force',
  'audit --export jsonl --output "$there/file" --force',
])('where there is no room for the new file, the old one stays: mhv %s', (words) => {
  const there = temporaryDirectory()
  writeFileSync(join(there, 'file'), 'old\n')
  const { status, stdout, stderr } = typed(there, `${FULL} mhv ${words}`)
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/^Error MHV-034 OUTPUT_FAILED: The file ".*" could not be written: EFBIG/),
  })
  expect(stderr).toContain(`    df -h ${there}\n`)
  expect(readFileSync(join(there, 'file'), 'utf8')).toBe('old\n')
  expect(readdirSync(there)).toEqual(['file'])
  expect(typed(there, `mhv ${words}`)).toMatchObject({ status: 0 })
  expect(statSync(join(there, 'file')).size).toBeGreaterThan(4096)
  expect(readdirSync(there)).toEqual(['file'])
})

test.each(['task export -o "$there/file"', 'audit --export csv -o "$there/file"', 'bug -o "$there/file"'])(
  'where there is no room for a new file there is none, and the next try has its name: mhv %s',
  (words) => {
    const there = temporaryDirectory()
    const { status, stderr } = typed(there, `${FULL} mhv ${words}`)
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('OUTPUT_FAILED') })
    expect(readdirSync(there)).toEqual([])
    expect(typed(there, `mhv ${words}`)).toMatchObject({ status: 0 })
    expect(statSync(join(there, 'file')).size).toBeGreaterThan(1024)
    expect(typed(there, `mhv ${words}`)).toMatchObject({ status: 2 })
  },
)

test('a file that is replaced keeps its permissions, and a link to it stays one', () => {
  const there = temporaryDirectory()
  mkdirSync(join(there, 'far'))
  writeFileSync(join(there, 'far', 'file'), 'old\n')
  chmodSync(join(there, 'far', 'file'), 0o626)
  symlinkSync('far/file', join(there, 'near'))
  symlinkSync('near', join(there, 'link'))
  expect(typed(there, 'mhv task export --output "$there/link" --force')).toMatchObject({ status: 0 })
  expect(lstatSync(join(there, 'link')).isSymbolicLink()).toBe(true)
  expect(statSync(join(there, 'far', 'file'))).toMatchObject({ mode: 0o100626 })
  expect(readFileSync(join(there, 'far', 'file'), 'utf8').split('\n')).toHaveLength(101)
  expect(readdirSync(join(there, 'far'))).toEqual(['file'])
  // A link that leads to nothing yet says where the file is to be.
  symlinkSync('far/later', join(there, 'early'))
  expect(typed(there, 'mhv task export --output "$there/early" --force')).toMatchObject({ status: 0 })
  expect(readdirSync(join(there, 'far'))).toEqual(['file', 'later'])
})

test('pipes, devices and what is open already are written as they are', () => {
  const there = temporaryDirectory()
  const lines = (line: string) => typed(there, line).stdout.split('\n').length
  expect(lines('mhv task export -q -o /dev/stdout --force | cat')).toBe(101)
  expect(lines('{ mhv task export -q -o /dev/stdout --force; } > "$there/x"; cat "$there/x"')).toBe(101)
  expect(lines('mkfifo "$there/p"; cat "$there/p" & mhv task export -q -o "$there/p" --force; wait')).toBe(
    101,
  )
  expect(typed(there, 'mhv task export -o /dev/null --force').status).toBe(0)
  expect(readdirSync(there)).toEqual(['p', 'x'])
})

test('a file with another name stays one file', () => {
  const there = temporaryDirectory()
  writeFileSync(join(there, 'file'), 'old\n')
  linkSync(join(there, 'file'), join(there, 'other'))
  expect(typed(there, 'mhv task export --output "$there/file" --force')).toMatchObject({ status: 0 })
  expect(readFileSync(join(there, 'other'), 'utf8').split('\n')).toHaveLength(101)
  expect(readdirSync(there).sort()).toEqual(['file', 'other'])
})

test('a file in a directory that takes no other is written where it is', () => {
  const around = join(demo, '..')
  const inside = join(around, 'inside')
  mkdirSync(inside)
  writeFileSync(join(inside, 'file'), 'old\n')
  const run = asOrdinaryUser(around)
  chmodSync(inside, 0o555)
  const { code, err } = run(demo, 'task', 'export', '-o', join(inside, 'file'), '--force')
  expect({ code, err }).toMatchObject({ code: 0 })
  expect(readFileSync(join(inside, 'file'), 'utf8').split('\n')).toHaveLength(101)
})

test.each([
  ['$there/no/file', 'ENOENT'],
  ['$there', 'EISDIR'],
  ['$there/round', 'ELOOP'],
])('a path that takes no file is refused as such: %s', (path, code) => {
  const there = temporaryDirectory()
  symlinkSync('round', join(there, 'round'))
  const { status, stderr } = typed(there, `mhv task export -o "${path}" --force`)
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining(`cannot be written (${code})`),
  })
  expect(readdirSync(there)).toEqual(['round'])
})
