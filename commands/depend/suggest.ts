import type { LinkSuggestion } from '../../src/insight/suggest-links.ts'
import { canAsk } from '../../src/terminal/asking/agree.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { askForLinks, linksNamed } from '../../src/terminal/graph/choose-links.ts'
import { linksOfNamed } from '../../src/terminal/graph/links-of-named.ts'
import { printSuggested, suggestedJson } from '../../src/terminal/graph/print-links.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { relatedTasks } from '../../src/terminal/task/related-tasks.ts'

export default class DependSuggest extends ChangeCommand {
  static override summary = 'Suggest what a task depends on though nobody has said so.'
  static override description =
    'From what its text names, its wording, and files that commits of both tasks changed; each suggestion says why, and how sure it is. In a terminal one key accepts or passes over each; --accept takes some by the tasks’ numbers. What would close a cycle, has ended or is linked already is never suggested.'
  static override examples = [
    'mhv depend suggest 12',
    'mhv depend suggest 12 --all',
    'mhv depend suggest 12 --accept 3,akosha#7',
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
      description: 'make these suggested tasks dependencies (3,akosha#7)',
    }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DependSuggest)
    const workplace = await this.workplace(flags, args.task)
    // What is accepted may be any of them, shown or not.
    const limit = flags.accept ? Number.POSITIVE_INFINITY : flags.limit
    const found = await linksOfNamed(workplace, args.task, { ...flags, limit })
    const accept = async (links: readonly LinkSuggestion[]) => {
      const words = links.map(({ task }) => found.wordOf(task))
      const others = await relatedTasks(workplace, words)
      await this.change(workplace, [found.id], (view) => [{ kind: 'AddDependency', on: others(view) }])
    }
    let chosen: readonly LinkSuggestion[] = []
    if (flags.accept) {
      chosen = await linksNamed(workplace, found, flags.accept, args.task)
      if (chosen.length > 0) await accept(chosen)
    } else if (!flags.json && canAsk()) {
      chosen = await askForLinks(found, (link) => accept([link]))
    }
    if (flags.json) return this.printJson(suggestedJson(found, chosen))
    if (flags.accept && chosen.length === 0)
      return this.aside('Nothing to change: it depends on them already.')
    printSuggested(found, chosen, canAsk())
  }
}
