import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { changeFile } from '../src/change-file.ts'
import { temporaryDirectory } from './support/repository.ts'

const WRITING = { queue: 'test', unwritable: 'CONFIG_UNWRITABLE' } as const

test('what another program writes before the change is ready is what it starts from', async () => {
  const file = join(temporaryDirectory(), 'list')
  writeFileSync(file, 'a\n')
  const seen: (string | null)[] = []
  const isChanged = await changeFile(file, WRITING, (text) => {
    seen.push(text)
    if (seen.length === 1) writeFileSync(file, 'a\nb\n')
    return `${text}c\n`
  })
  expect({ isChanged, seen, now: readFileSync(file, 'utf8') }).toEqual({
    isChanged: true,
    seen: ['a\n', 'a\nb\n'],
    now: 'a\nb\nc\n',
  })
})

test('a file that appears meanwhile is not written over', async () => {
  const file = join(temporaryDirectory(), 'list')
  await changeFile(file, WRITING, (text) => {
    if (text === null) writeFileSync(file, 'theirs\n')
    return `${text ?? ''}ours\n`
  })
  expect(readFileSync(file, 'utf8')).toBe('theirs\nours\n')
})

test('bytes that are no text are not made into one', async () => {
  const file = join(temporaryDirectory(), 'list')
  const bytes = Buffer.from([0x61, 0xff, 0x0a])
  writeFileSync(file, bytes)
  await expect(changeFile(file, WRITING, (text) => `${text}b`)).rejects.toMatchObject({
    error: 'CONFIG_UNWRITABLE',
    message: expect.stringContaining('it is not text in UTF-8'),
  })
  expect(readFileSync(file)).toEqual(bytes)
})

test('a directory that takes no files is told, with what helps', async () => {
  await expect(changeFile('/proc/nothing/list', WRITING, () => 'x')).rejects.toMatchObject({
    error: 'CONFIG_UNWRITABLE',
    // The nearest that there is.
    recovery: ['ls -ld /proc', 'df -h /proc'],
  })
})
