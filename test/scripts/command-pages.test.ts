import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const man = join(root, 'dist', 'man')

interface Flag {
  readonly name: string
  readonly hidden?: boolean
}
const { commands } = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')) as {
  readonly commands: Readonly<
    Record<
      string,
      { summary: string; hidden?: boolean; aliases: string[]; flags: Readonly<Record<string, Flag>> }
    >
  >
}
const shown = Object.entries(commands).filter(([, { hidden }]) => !hidden)

const forms = shown.flatMap(([id, { aliases }]) => aliases.map((form) => [form, id] as const))

test('a short form leads to the page of its command, and is listed by the page of commands', () => {
  const page = readFileSync(join(root, 'docs', 'commands.md'), 'utf8').split('\n## Short forms\n')[1]!
  const main = readFileSync(join(man, 'mhv.1'), 'utf8')
  expect(forms.map(([form]) => form)).toEqual(expect.arrayContaining(['tc', 'tl', 'start', 'done', 'wl']))
  for (const [form, id] of forms) {
    const [short, long] = [form, id].map((word) => word.replaceAll(':', '-'))
    expect(readFileSync(join(man, `mhv-${short}.1`), 'utf8')).toBe(`.so man1/mhv-${long}.1\n`)
    expect(readdirSync(man)).toContain(`mhv-${long}.1`)
    const [typed, meant] = [form, id].map((word) => `mhv ${word.replaceAll(':', ' ')}`)
    expect(page).toContain(`\n| \`${typed}\` | [\`${meant}\`](#mhv-${long}) |\n`)
    expect(main).toContain(`.B ${typed}\n${meant}\n`)
  }
})

test('every command has a man page that names all of its flags, and mhv(1) names every command', () => {
  const main = readFileSync(join(man, 'mhv.1'), 'utf8')
  for (const [id, { summary, flags }] of shown) {
    const page = readFileSync(join(man, `mhv-${id.replaceAll(':', '-')}.1`), 'utf8').replaceAll('\\-', '-')
    expect(page).toContain(summary)
    for (const flag of Object.values(flags)) {
      if (!flag.hidden) expect(page).toMatch(new RegExp(`--(?:\\[no-\\])?${flag.name}\\b`))
    }
    expect(main).toContain(`.B mhv ${id.replaceAll(':', ' ')}`.replaceAll('-', '\\-'))
  }
  expect(readdirSync(man)).toHaveLength(shown.length + 1 + forms.length)
})

test('the page of commands has a section for each, with its flags', () => {
  const page = readFileSync(join(root, 'docs', 'commands.md'), 'utf8')
  for (const [id, { flags }] of shown) {
    const typed = `mhv ${id.replaceAll(':', ' ')}`
    const section = page.split(`\n### ${typed}\n`)[1]?.split('\n### ')[0] ?? ''
    for (const flag of Object.values(flags)) {
      if (!flag.hidden)
        expect({ typed, section }).toMatchObject({ section: expect.stringMatching(flag.name) })
    }
  }
})

// What begins a line with a dot or quote would be taken for a request, and vanish.
test.skipIf(spawnSync('groff', ['--version']).status !== 0)(
  'groff has nothing to say against the man pages',
  () => {
    const led = forms.map(([form]) => `mhv-${form.replaceAll(':', '-')}.1`)
    for (const name of readdirSync(man).filter((file) => !led.includes(file))) {
      const { stderr, stdout } = spawnSync(
        'groff',
        ['-man', '-Tutf8', '-P-cbou', '-ww', '-K', 'utf8', join(man, name)],
        { encoding: 'utf8' },
      )
      expect(stderr).toBe('')
      expect(stdout).toContain('EXIT STATUS')
    }
  },
)
