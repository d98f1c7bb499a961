import { MhvError } from '../src/errors.ts'
import { canAsk } from '../src/terminal/asking/agree.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { isQuiet } from '../src/terminal/output/output-mode.ts'

export default class Tour extends MhvCommand {
  static override summary = 'Learn create, start, done and undo by doing them.'
  static override description =
    'Makes a small repository in a temporary directory, with a home of its own, and goes through the steps of a task’s life there. Each step shows a line; you type it or one of your own. Nothing of yours is read or changed, and nothing is left behind.'
  static override examples = ['mhv tour', 'mhv tour --yes   # runs every step by itself']
  static override flags = {
    yes: Flags.boolean({ char: 'y', description: 'run the line of each step without asking' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Tour)
    if (flags.json || isQuiet()) {
      const left = flags.json ? 'and --json is for documents' : 'which --quiet leaves out'
      throw new MhvError('USAGE', `The tour is made of what it says, ${left}.`, {
        recovery: ['mhv tour --yes'],
      })
    }
    if (!flags.yes && !canAsk()) {
      throw new MhvError('USAGE', 'The tour asks for lines to be typed, and nobody can type here.', {
        recovery: ['mhv tour --yes'],
      })
    }
    const { runTour } = await import('../src/terminal/tour/run-tour.ts')
    const steps = await runTour(!flags.yes)
    const isWhole = steps.every(({ end }) => end !== 'left')
    if (isWhole) this.aside('That was the tour; the garden is gone. In a repository of your own: mhv init')
    else this.aside('The garden is gone. The tour begins again with: mhv tour')
    if (flags.yes && !isWhole) process.exitCode = 1
  }
}
