import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recordTrust } from '../../src/config/trust.ts'
import { findRepository } from '../../src/git/repository.ts'
import { setUpTemporary } from '../../src/lifecycle/set-up-worktree.ts'
import { inTemporaryWorktree } from '../../src/worktrees/temporary-worktree.ts'
import { git, temporaryRepository } from '../support/repository.ts'

test('a temporary worktree gets ignored files at once, and set-up commands only as the user has agreed', async () => {
  const demo = temporaryRepository()
  const setup = ['cp .env built; echo said']
  const files = {
    '.gitignore': '.env\nbuilt\n',
    '.worktreeinclude': '.env\n',
    '.mhvrc.json': JSON.stringify({ worktrees: { setup } }),
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(demo, name), content)
  git(demo, 'add', '.')
  git(demo, 'commit', '--quiet', '--message', 'Files')
  writeFileSync(join(demo, '.env'), 'KEY=1')
  const repository = await findRepository(demo)
  const visit = () =>
    inTemporaryWorktree(repository, 'HEAD', async (path) => {
      let said = ''
      const onOutput = (piece: Buffer) => {
        said += piece
      }
      const { ran, skipped } = await setUpTemporary(repository, path, { again: 'mhv gate run', onOutput })
      expect(readFileSync(join(path, '.env'), 'utf8')).toBe('KEY=1')
      expect(git(path, 'status', '--porcelain')).toBe('')
      return { ran, skipped, said, built: existsSync(join(path, 'built')) }
    })
  expect(await visit()).toEqual({ ran: [], skipped: setup, said: '', built: false })
  recordTrust(repository, setup)
  expect(await visit()).toEqual({ ran: setup, skipped: [], said: 'said\n', built: true })
})
