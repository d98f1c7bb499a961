import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { watchTasks } from '../../../src/terminal/ui/watch-tasks.ts'
import { temporaryDirectory } from '../../support/repository.ts'

test.each(['refs/mtos', 'refs/mtos/remotes/origin'])('tells of the log that moves in %s', async (folder) => {
  const directory = temporaryDirectory()
  const onChange = vi.fn()
  onTestFinished(watchTasks([directory], onChange))
  mkdirSync(join(directory, folder), { recursive: true })
  writeFileSync(join(directory, folder, 'tasks'), `${'a'.repeat(40)}\n`)
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), { timeout: 10_000 })
})
