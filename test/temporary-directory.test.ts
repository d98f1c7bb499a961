import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryDirectory as made } from '../src/temporary-directory.ts'
import { temporaryDirectory } from './support/repository.ts'

const withTemporary = (place: string) => {
  vi.stubEnv('TMPDIR', place)
  onTestFinished(() => void vi.unstubAllEnvs())
}

test('each is its own, where temporary files go', () => {
  const place = temporaryDirectory()
  withTemporary(place)
  const [one, other] = [made('a-'), made('a-')]
  onTestFinished(() => [one, other].forEach((path) => void rmSync(path, { recursive: true })))
  expect(one).not.toBe(other)
  expect(one.startsWith(join(place, 'a-'))).toBe(true)
})

test('where none can be made, the steps look at the place and leave it', () => {
  const file = join(temporaryDirectory(), 'file')
  writeFileSync(file, '')
  for (const [place, looks] of [
    [file, [`ls -ld ${file}`, `df -h ${file}`]],
    [join(file, 'gone'), []],
  ] as const) {
    withTemporary(place)
    expect(() => made('a-')).toThrow(
      expect.objectContaining({ error: 'STATE_UNWRITABLE', recovery: [...looks, 'unset TMPDIR'] }),
    )
  }
})
