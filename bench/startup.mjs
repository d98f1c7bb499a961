import { compare, printComparison } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { CACHE, RUN } from './program.mjs'

/** What starting the program costs before it does anything. */
export function run({ rounds }) {
  const commands = [
    { name: 'mhv --version', argv: [process.execPath, RUN, '--version'], cwd: CACHE, target: 1.6 },
  ]
  printComparison('Start-up', compare(commands, rounds * 2))
}

if (isMain(import.meta)) run(options())
