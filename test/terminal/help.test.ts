import { LOADERS } from 'mhv:commands'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '@oclif/core/command'
import { describe, expect, test } from 'vitest'
import type { MhvCommandClass } from '../../src/terminal/base-command.ts'
import { commandOf } from '../../src/terminal/short-forms.ts'
import { mhv } from '../support/cli.ts'
import { temporaryDirectory } from '../support/repository.ts'

const manifest = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'oclif.manifest.json'), 'utf8'),
) as { commands: Record<string, Command.Cached> }
const ids = Object.keys(LOADERS)

async function helpLines(...words: string[]): Promise<string[]> {
  const { code, out, err } = await mhv(temporaryDirectory(), ...words, '--help')
  expect({ words, code, err }).toEqual({ words, code: 0, err: '' })
  return out.trimEnd().split('\n')
}

/** The words after `mhv` in an example, as a shell would give them. */
function wordsOf(example: string): string[] {
  const [, call = ''] = /(?:^|[|(] ?)mhv ((?:"[^"]*"|[^"|)<>#]|(?<=\S)#)*)/.exec(example) ?? []
  return [...call.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word)
}

/** Reads a command line as the command would, without running it. */
async function parse([first = '', second = '', ...rest]: string[]): Promise<void> {
  const long = [`${first}:${second}`].find((name) => name in LOADERS || commandOf.has(name))
  const id = long ?? first
  const { default: CommandClass } = await LOADERS[commandOf.get(id) ?? id]!()
  CommandClass.id = id
  const command = new CommandClass(long ? rest : [second, ...rest].filter(Boolean), {
    name: 'mhv',
    bin: 'mhv',
    scopedEnvVarTrue: () => false,
    runHook: async () => ({ successes: [], failures: [] }),
  } as never)
  await (command as unknown as { parse(of: MhvCommandClass): Promise<unknown> }).parse(CommandClass)
}

describe.each(ids)('the help of %s', (id) => {
  const command = manifest.commands[id]!

  test('has lines of at most 80 columns, and breaks no word', async () => {
    const lines = await helpLines(...id.split(':'))
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    expect(lines[0]).toBe(command.summary)
    const shown = new Set(lines.flatMap((line) => line.split(/\s+/)))
    const told = `${command.description} ${Object.values(command.flags).map(({ description }) => description)}`
    for (const word of told.match(/[a-z_]{9,}/g) ?? []) {
      expect([...shown].some((text) => text.includes(word))).toBe(true)
    }
  })

  test('has a summary for lists, a description and examples that parse', async () => {
    expect(command.summary).toMatch(/^[A-Z].{8,58}\.$/)
    expect(command.description).toMatch(/^[^a-z]{1}.{10}[\s\S]*\.$/)
    expect(command.description).not.toContain(command.summary)
    expect(command.examples?.length).toBeGreaterThan(0)
    for (const example of command.examples as string[]) {
      const words = wordsOf(example)
      expect(words, example).not.toEqual([])
      await expect(parse(words), example).resolves.toBeUndefined()
    }
  })
})

test('an example with an unknown flag or command does not parse', async () => {
  await expect(parse(wordsOf('mhv tc "Fix it" --colour red'))).rejects.toThrow(/colour/)
  await expect(parse(wordsOf('mhv nothing 12'))).rejects.toThrow()
  await expect(parse(wordsOf('x | mhv task comment 12 - extra'))).rejects.toThrow(/extra/)
})

test('only the last argument takes several words', async () => {
  expect(await helpLines('task', 'label')).toContain('  $ mhv task label [TASKS] [LABELS...] [FLAGS]')
  expect(await helpLines('task', 'block')).toContain('  $ mhv task block [TASKS] --reason <value> [FLAGS]')
})

test('lists of commands have a line for each', async () => {
  const all = await helpLines()
  expect(all.filter((line) => line.length > 80)).toEqual([])
  const tasks = await helpLines('task')
  const listed = tasks.slice(tasks.indexOf('COMMANDS') + 1)
  for (const id of ids.filter((id) => id.startsWith('task:'))) {
    const { summary } = manifest.commands[id]!
    expect(listed.filter((line) => line.startsWith(`  ${id.replace(':', ' ')} `))).toEqual([
      expect.stringMatching(new RegExp(` ${summary!.replace(/[.*()]/g, '\\$&')}$`)),
    ])
  }
  for (const line of listed) expect(line).toMatch(/^ {2}task \S+ +[A-Z].*\.$/)
})
