import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { removeDirectory } from './remove-directory.ts'

// A home of its own for every test file: nothing of the developer's configuration may decide a test.
const home = mkdtempSync(join(tmpdir(), 'mhv-home-'))
writeFileSync(
  join(home, '.gitconfig'),
  '[user]\n\tname = Ann\n\temail = ann@example.com\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[protocol "file"]\n\tallow = always\n',
)
for (const name of Object.keys(process.env)) {
  if (/^(GIT_|MHV_(?!LONG$|TERMINAL_TESTS$)|XDG_|NO_COLOR$|FORCE_COLOR$|CI$|EDITOR$|VISUAL$)/.test(name))
    delete process.env[name]
}
Object.assign(process.env, {
  HOME: home,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  MHV_NOW: '2026-11-20T10:00:00.123Z',
  TZ: 'Europe/Berlin',
})

afterAll(() => removeDirectory(home))
