import { expect, test } from 'vitest'
import { findRepository } from '../../src/git/repository.ts'
import { importTasks } from '../../src/import-tasks.ts'
import { openGitStore } from '../../src/store/git-store.ts'
import { mhv } from '../support/cli.ts'
import { importer } from '../support/import-in-memory.ts'
import { temporaryRepository } from '../support/repository.ts'

test('how far a large write is, is told of making files, of git and of the index, and ends once', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  const said: number[] = []
  const store = openGitStore(await findRepository(demo), { onWriting: (done) => said.push(done) })
  const lines = Array.from({ length: 900 }, (_, i) => JSON.stringify({ id: `A-${i}`, title: `Task ${i}` }))
  const bytes = Buffer.from(lines.join('\n'))
  await importTasks(store, importer(), {
    file: 'own.jsonl',
    bytes,
    format: null,
    source: null,
    dryRun: false,
  })
  expect(said).toEqual([0, 166, 300, 600, 766, 900])
})
