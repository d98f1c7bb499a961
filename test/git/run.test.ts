import { expect, test } from 'vitest'
import { runGit } from '../../src/git/run.ts'
import { temporaryRepository } from '../support/repository.ts'

test('input of many chunks reaches git whole and without a warning about listeners', async () => {
  const warnings: string[] = []
  const note = (warning: Error) => warnings.push(warning.name)
  process.on('warning', note)
  const chunk = `${'x'.repeat(99_999)}\n`
  const { stdout } = await runGit(['stripspace'], {
    cwd: temporaryRepository(),
    input: Array.from({ length: 300 }, () => chunk),
  })
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', note)
  expect(stdout.length).toBe(300 * chunk.length)
  expect(warnings).toEqual([])
})
