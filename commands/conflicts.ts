import { type Conflict, findConflicts, namedConflicts } from '../src/audit/find-conflicts.ts'
import { findTasks } from '../src/query/find-task.ts'
import { parseTaskNames } from '../src/query/number-list.ts'
import type { Snapshot } from '../src/snapshot/snapshot.ts'
import type { Command } from '../src/tasks/decide.ts'
import type { Workplace } from '../src/terminal/base-command.ts'
import { ChangeCommand } from '../src/terminal/change-command.ts'
import { Args, Flags } from '../src/terminal/oclif.ts'
import {
  asksForSeveral,
  type FederationFlags,
  federationFlags,
} from '../src/terminal/places/federation-flags.ts'
import { namesOf } from '../src/terminal/places/workplace.ts'
import { conflictsJson, printConflicts, settledWords } from '../src/terminal/task/print-conflicts.ts'

const numberedIn = (repository: string) => (number: number) => `${repository}#${number}`

const asAsked = (all: readonly Conflict[], settled: boolean) =>
  settled ? all : all.filter(({ write }) => write.settledBy === null)

export default class Conflicts extends ChangeCommand {
  static override summary = 'List concurrent changes that lost, and take them back.'
  static override description =
    'Where two people set the same field without knowing of each other, the later in the order of events wins and the other stays in the history. Each such loss is listed until somebody sets the field in knowledge of both.\n\n--take sets again what lost, as an ordinary change by way of others where it has to be (a task that has ended is reopened first), and is refused where they would be; --keep says once more what won. Labels, dependencies and comments are kept from all sides and never lose.'
  static override examples = [
    'mhv conflicts',
    'mhv conflicts 3,7-9 --settled',
    'mhv conflicts 12 --take 01JF3ZK4Q8',
    'mhv conflicts 12 --keep 01JF3ZK4Q8:title',
  ]
  static override args = {
    tasks: Args.string({ description: 'numbers, ranges or ids (3,7-9); default all' }),
  }
  static override flags = {
    settled: Flags.boolean({ description: 'those that were settled since, too' }),
    take: Flags.string({
      description:
        'set again what this event set; its id or the beginning, “:field” for one field of several',
      exclusive: ['keep', 'settled'],
    }),
    keep: Flags.string({ description: 'settle it as it is, named in the same way', exclusive: ['settled'] }),
    ...federationFlags,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Conflicts)
    const name = flags.take ?? flags.keep
    const isSeveral = args.tasks === undefined && name === undefined && asksForSeveral(flags)
    if (isSeveral) return this.each(flags, flags.settled)
    const workplace = await this.workplace(flags, args.tasks)
    const { repository, store } = workplace
    const view = await store.view()
    const names = args.tasks === undefined ? null : parseTaskNames([args.tasks], namesOf(workplace))
    const ids = names && findTasks(view, names, true).map((slot) => view.head(slot).id)
    const all = await findConflicts(repository, store, view, ids)
    if (name !== undefined) {
      const take = flags.take !== undefined
      await this.settle(workplace, namedConflicts(all, name, take), take, flags.json)
      return
    }
    const shown = asAsked(all, flags.settled)
    if (flags.json) this.printJson(conflictsJson(shown, view, store.name))
    else await printConflicts(shown, view, store.name, flags.settled)
  }

  /** Those of several repositories. */
  private async each(flags: FederationFlags & { json: boolean }, settled: boolean): Promise<void> {
    const { eachJson, inEach, printEach } = await import('../src/terminal/places/in-each.ts')
    const outcomes = await inEach(flags, async ({ repository, store }) => {
      const view = await store.view()
      return { view, shown: asAsked(await findConflicts(repository, store, view, null), settled) }
    })
    if (flags.json) {
      return this.printJson(
        eachJson(outcomes, ({ view, shown }, name) => conflictsJson(shown, view, name, numberedIn(name))),
      )
    }
    process.exitCode = await printEach(outcomes, ({ view, shown }, name) =>
      printConflicts(shown, view, name, settled, numberedIn(name)),
    )
  }

  /** Settles conflicts of one event, all or nothing. */
  private async settle(
    workplace: Workplace,
    conflicts: readonly Conflict[],
    take: boolean,
    json: boolean,
  ): Promise<void> {
    const { task, write } = conflicts[0]!
    const fields = conflicts.map((conflict) => conflict.write.field)
    const command: Command = take
      ? { kind: 'TakeLostWrite', event: write.lost.id, fields }
      : { kind: 'KeepWinningWrite', fields }
    const commands = (_view: Snapshot, _id: string) => (write.settledBy ? [] : [command])
    const written = await this.change(workplace, [task.id], commands)
    const done = () => settledWords(conflicts, take)
    this.report(workplace, written, json, done, () => 'is so already')
  }
}
