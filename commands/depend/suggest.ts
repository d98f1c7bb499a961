import { canAsk } from '../../src/terminal/agree.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { askForLinks, linksAt } from '../../src/terminal/choose-links.ts'
import { linksOfNamed } from '../../src/terminal/links-of-named.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { printSuggested, suggestedJson } from '../../src/terminal/print-links.ts'
import { relatedTasks } from '../../src/terminal/related-tasks.ts'

export default class DependSuggest extends ChangeCommand {
  static override summary = 'Suggest what a task depends on though nobody has said so.'
  static override description =
    'From what its text names, its wording, and files that commits of both tasks changed; each suggestion says why, and how sure it is. In a terminal one key accepts or passes over each; --accept takes some by their numbers. What would close a cycle, has ended or is linked already is never suggested.'
  static override examples = [
    'mhv depend suggest 12',
    'mhv depend suggest 12 --all',
    'mhv depend suggest 12 --accept 1,3',
    'mhv depend suggest 12 --json',
  ]
  static override args = { task: Args.string({ required: true, description: 'number, id, or akosha#12' }) }
  static override flags = {
    all: Flags.boolean({ description: 'tasks of all repositories that repos.yaml lists' }),
    limit: Flags.integer({ char: 'n', min: 1, default: 10, description: 'at most so many' }),
    accept: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      description: 'make these suggestions dependencies, by their numbers (1,3)',
    }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DependSuggest)
    const workplace = await this.workplace(flags, args.task)
    const found = await linksOfNamed(workplace, args.task, flags)
    const chosen = flags.accept
      ? linksAt(found.links, flags.accept, args.task)
      : !flags.json && canAsk()
        ? await askForLinks(found)
        : []
    if (chosen.length > 0) {
      const others = await relatedTasks(
        workplace,
        chosen.map(({ task }) => found.wordOf(task)),
      )
      await this.change(workplace, [found.id], (view) => [{ kind: 'AddDependency', on: others(view) }])
    }
    if (flags.json) return this.printJson(suggestedJson(found, chosen))
    printSuggested(found, chosen, flags.accept === undefined && canAsk(), args.task)
  }
}
