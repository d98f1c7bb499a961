import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { filesOf, readPack } from '../../src/git/read-pack.ts'
import { git, temporaryDirectory } from '../support/repository.ts'

/** A repository of two commits whose 200 files are much alike, so that git describes most of them by others. */
function alike(): string {
  const directory = temporaryDirectory()
  git(directory, 'init', '--quiet')
  const text = (i: number, change: string) =>
    `${Array.from({ length: 60 }, (_, line) => `line ${line} of all`).join('\n')}\n${i % 7} ${change}\n${i}\n`
  const blobs = (change: string, first: number) =>
    Array.from({ length: 200 }, (_, i) => {
      const content = text(i, change)
      return `blob\nmark :${first + i}\ndata ${content.length}\n${content}\n`
    }).join('')
  const files = (first: number) =>
    Array.from({ length: 200 }, (_, i) => `M 100644 :${first + i} a/${i % 5}/ä ${i}\n`).join('')
  const commit = (first: number) =>
    `commit refs/heads/main\ncommitter a <a@b> 1 +0000\ndata 1\nx\n${files(first)}\n`
  const input = `${blobs('one', 1)}${commit(1)}${blobs('two', 1001)}${commit(1001)}`
  execFileSync('git', ['fast-import', '--quiet'], { cwd: directory, input })
  return directory
}

const packed = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['pack-objects', '--revs', '--stdout', '--window=50', ...args], {
    cwd,
    input: 'main\n',
    stdio: ['pipe', 'pipe', 'ignore'],
  })

test.each([
  ['by offset', '--delta-base-offset'],
  ['by id', '--no-reuse-delta'],
])('every object that git packed, deltas %s', (_, flag) => {
  const directory = alike()
  const pack = packed(directory, flag)
  const objects = readPack(pack)
  const listed = git(directory, 'cat-file', '--batch-check', '--batch-all-objects').split('\n')
  const found = [...objects].map(([id, { type, content }]) => `${id} ${type} ${content.length}`)
  expect(found.sort()).toEqual(listed.sort())
  const total = [...objects.values()].reduce((sum, { content }) => sum + content.length, 0)
  expect(pack.length).toBeLessThan(total / 5)

  const tip = git(directory, 'rev-parse', 'main')
  const tree = git(directory, '-c', 'core.quotePath=false', 'ls-tree', '-r', tip).split('\n')
  expect(filesOf(objects, tip).map(({ path, id }) => `100644 blob ${id}\t${path}`)).toEqual(tree)
  expect(filesOf(objects, tip)[0]!.content.toString()).toBe(`${git(directory, 'show', 'main:a/0/ä 0')}\n`)
})

test('bytes that are wrong anywhere never pass for what was asked for', () => {
  const directory = alike()
  const pack = packed(directory, '--delta-base-offset')
  const tip = git(directory, 'rev-parse', 'main')
  const whole = filesOf(readPack(pack), tip)
  const read = (damaged: Buffer) => {
    try {
      return filesOf(readPack(damaged), tip)
    } catch (error) {
      return (error as Error).constructor.name
    }
  }
  let refused = 0
  for (let at = 0; at < pack.length - 20; at += 397) {
    const damaged = Buffer.from(pack)
    damaged[at]! ^= 1 << (at % 8)
    const result = read(damaged)
    // What only the older commit has is not asked for.
    if (typeof result === 'string') refused++
    else expect(result).toEqual(whole)
  }
  expect(refused).toBeGreaterThan(8)
  for (const length of [0, 3, 11, 12, 40, pack.length >> 1, pack.length - 30]) {
    expect(read(pack.subarray(0, length))).toBeTypeOf('string')
  }
})
