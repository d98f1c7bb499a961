import { MhvError } from '../../src/errors.ts'
import { taskGraph } from '../../src/query/task-graph.ts'
import { canAsk } from '../../src/terminal/agree.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { askForLinks, linksAt, linksText } from '../../src/terminal/choose-links.ts'
import { askedOf, placesOf } from '../../src/terminal/graph-views.ts'
import { typedTask } from '../../src/terminal/named-task.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { plainViews } from '../../src/terminal/plain-views.ts'
import { linkJson } from '../../src/terminal/print-links.ts'
import { readLinks } from '../../src/terminal/read-links.ts'
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
    const typed = typedTask(args.task)
    const { asked, named } = await askedOf(
      async () => workplace,
      { all: flags.all || typed.repository !== null, repos: flags.repos },
      typed,
    )
    const { snapshot, slot, repository } = named!
    const graph = taskGraph(placesOf(asked.views))
    const node = graph.nodes.findIndex(
      (other) => other.kind === 'task' && other.snapshot === snapshot && other.slot === slot,
    )
    const number = snapshot.number(slot)
    if (node < 0) {
      throw new MhvError(
        'ILLEGAL_MOVE',
        `#${number} is ${snapshot.status(slot)}: it waits for nothing any more.`,
        {
          recovery: [`mhv task show ${number}`],
          data: { number },
        },
      )
    }
    const links = (await readLinks(asked.views, plainViews(asked.views), graph, node)).slice(0, flags.limit)
    const ref = ({ repository: place, number: n }: { repository: string; number: number }) =>
      place === repository ? `${n}` : `${place}#${n}`
    const shown = (link: (typeof links)[number]) => ref(link.task).replace(/^(?=\d+$)/, '#')
    const asks = flags.accept === undefined && !flags.json && canAsk()
    const chosen = flags.accept
      ? linksAt(links, flags.accept, args.task)
      : asks
        ? await askForLinks(links, shown)
        : []
    if (chosen.length > 0) {
      const others = await relatedTasks(
        workplace,
        chosen.map(({ task }) => ref(task)),
      )
      const { id } = snapshot.head(slot)
      await this.change(workplace, [id], (view) => [{ kind: 'AddDependency', on: others(view) }])
    }
    const accepted = chosen.map(({ task }) => `${task.repository}#${task.number}`)
    if (flags.json) {
      const suggestions = links.map((link, i) => ({ number: i + 1, ...linkJson(link) }))
      return this.printJson({ task: { ref: `${repository}#${number}` }, suggestions, accepted })
    }
    if (links.length === 0)
      process.stderr.write(`Nothing suggests that #${number} depends on another open task.\n`)
    else if (chosen.length > 0) this.print(`#${number} depends on ${chosen.map(shown).join(', ')} as well.`)
    else if (!asks) {
      this.print(linksText(links, shown))
      process.stderr.write(`To accept some: mhv depend suggest ${args.task} --accept 1\n`)
    }
  }
}
