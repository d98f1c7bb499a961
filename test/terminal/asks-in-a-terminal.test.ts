import { expect, onTestFinished, test } from 'vitest'
import { mhvProcess } from '../support/cli.ts'
import { temporaryRepository } from '../support/repository.ts'
import { hasTerminal, openTerminal, PROMPT } from '../support/tmux.ts'

test.skipIf(!hasTerminal)('what is not sure is asked about, and Ctrl-C creates nothing', async () => {
  const cwd = temporaryRepository()
  await mhvProcess(cwd, ['init'])
  const terminal = await openTerminal(cwd)
  onTestFinished(() => terminal.close())
  const before = terminal.modes()
  terminal.type('mhv tc "Update docs by Friday, due Monday"; echo "ended $?"')
  terminal.keys('Enter')
  await terminal.until(/❯|›/)
  expect(terminal.foreground()).not.toBe(0)
  terminal.keys('C-c')
  await terminal.until('ended 130')
  await terminal.until((screen) => screen.endsWith(PROMPT))
  expect(terminal.modes()).toBe(before)
  expect((await mhvProcess(cwd, ['task', 'list'])).out).not.toContain('docs')
})
