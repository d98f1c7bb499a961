import { execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eachObject } from '../../src/git/object-stream.ts'
import { findRepository } from '../../src/git/repository.ts'
import { temporaryRepository } from '../support/repository.ts'

test('objects come in the order asked for, whatever their size; those that are damaged or missing do not hide others', async () => {
  const demo = temporaryRepository()
  const texts = ['', 'one\n', 'x'.repeat(300_000), 'two\n\nthree', 'last']
  const ids = texts.map((input) =>
    execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: demo, input, encoding: 'utf8' }).trim(),
  )
  const path = join(demo, '.git', 'objects', ids[1]!.slice(0, 2), ids[1]!.slice(2))
  chmodSync(path, 0o644)
  writeFileSync(path, 'garbage')
  const asked = [ids[0]!, ids[1]!, 'f'.repeat(40), ids[2]!, ids[1]!, ids[3]!, ids[2]!, ids[4]!, ids[1]!]
  const given: (string | null)[] = []
  for await (const content of eachObject(await findRepository(demo), asked)) {
    given.push(content?.toString() ?? null)
  }
  expect(given).toEqual(['', null, null, texts[2], null, texts[3], texts[2], 'last', null])
})
