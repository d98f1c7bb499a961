import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv } from '../support/cli.ts'
import { temporaryRepository } from '../support/repository.ts'

test('a creation adds no more to the index than the task itself, however many tasks there are', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  for (let i = 1; i <= 40; i++) await mhv(demo, 'task', 'create', `Task ${i}`)
  const directory = join(demo, '.git', 'mtos')
  const sizes = () =>
    readdirSync(directory)
      .filter((name) => name.startsWith('index.'))
      .reduce((sum, name) => sum + statSync(join(directory, name)).size, 0)
  const before = sizes()
  await mhv(demo, 'task', 'create', 'One more')
  expect(sizes() - before).toBeGreaterThan(0)
  expect(sizes() - before).toBeLessThan(2000)
})
