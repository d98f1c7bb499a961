import { join } from 'node:path'
import { compare, printComparison } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { CACHE, RUN } from './program.mjs'
import { seeded } from './seed.mjs'

const COMMANDS = [
  { line: ['task', 'list', '--limit', '20'], target: 1.8 },
  { line: ['task', 'list'], target: 2 },
  { line: ['task', 'show', '7'], target: 2 },
  { line: ['task', 'ready', '--limit', '20'] },
  { line: ['task', 'search', 'login'] },
]
const SIZE = 10_000

/**
 * What starting the program costs, before it does anything and with the commands of every day.
 * @param against the directory of another build, such as one of an earlier commit, that is timed in the same rounds
 */
export async function run({ rounds, against }) {
  const programs = [
    ...(against ? [{ whose: ', there', entry: join(against, 'bin', 'run.js') }] : []),
    { whose: against ? ', here' : '', entry: RUN },
  ]
  const row = (line, cwd, target) =>
    programs.map(({ whose, entry }) => ({
      name: `mhv ${line.join(' ')}${whose}`,
      argv: [process.execPath, entry, ...line],
      cwd,
      target,
    }))
  const cwd = await seeded(SIZE)
  const commands = [
    ...row(['--version'], CACHE, 1.6),
    ...COMMANDS.flatMap(({ line, target }) => row(line, cwd, target)),
  ]
  printComparison(`Start-up, and reading ${SIZE.toLocaleString('en')} tasks`, compare(commands, rounds * 2))
}

if (isMain(import.meta)) await run(options())
