import { execFileSync } from 'node:child_process'
import { compare, printComparison } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { RUN } from './program.mjs'
import { copyOf, seeded } from './seed.mjs'

const TARGET = { completion: 1.5, prompt: 1.2 }

/** A repository whose checked-out branch belongs to the newest task that can be started. */
function started(directory) {
  const copy = copyOf(directory)
  const mhv = (...argv) => execFileSync(process.execPath, [RUN, ...argv], { cwd: copy, encoding: 'utf8' })
  const { task } = JSON.parse(mhv('tc', 'What is worked on here', '--no-parse', '--json'))
  mhv('start', String(task.number), '--no-worktree', '--json')
  execFileSync('git', ['switch', '--quiet', `task/${task.number}`], { cwd: copy })
  return copy
}

/** What a shell waits for at every Tab, and at every prompt. */
export async function run({ sizes, rounds }) {
  for (const size of [0, ...sizes]) {
    const cwd = started(await seeded(size))
    const complete = (name, ...words) => ({
      name: `completing ${name}`,
      target: TARGET.completion,
      cwd,
      argv: [process.execPath, RUN, '__complete', 'zsh', String(words.length), 'mhv', ...words],
    })
    const rows = compare(
      [
        complete('commands', ''),
        complete('flags', 'task', 'list', '--'),
        complete('tasks', 'start', ''),
        complete('labels', 'tl', '--label', ''),
        complete('people', 'tl', '--assignee', ''),
        complete('branches', 'tc', 'words', '--branch', ''),
        { name: 'mhv prompt', target: TARGET.prompt, cwd, argv: [process.execPath, RUN, 'prompt'] },
      ],
      rounds * 2,
    )
    printComparison(`What a shell waits for, ${size.toLocaleString('en')} tasks`, rows)
  }
}

if (isMain(import.meta)) await run(options())
