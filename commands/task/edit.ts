import { PRIORITIES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import { MhvError } from '../../src/errors.ts'
import { findLiveTask, findLiveTasks, type TaskNames } from '../../src/query/find-task.ts'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import type { Command } from '../../src/tasks/decide.ts'
import { editText } from '../../src/terminal/asking/editor.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { readDeadline } from '../../src/terminal/input/deadline.ts'
import { checkedDescription, readDescription } from '../../src/terminal/input/input.ts'
import { Flags } from '../../src/terminal/oclif.ts'
import { now } from '../../src/terminal/output/clock.ts'
import type { Workplace } from '../../src/terminal/places/workplace.ts'
import { readCriterion, readEstimate, readParent, readTitle } from '../../src/terminal/task/fields.ts'

const OR_NONE = '; “none” takes it away'

/** The description of a single task as the user leaves it in the editor. Errors: TASK_NOT_FOUND, USAGE, INVALID_INPUT. */
async function edited({ repository, store }: Workplace, view: Snapshot, targets: TaskNames): Promise<string> {
  const [slot, ...others] = findLiveTasks(view, targets)
  if (others.length > 0) throw new MhvError('USAGE', 'The editor opens for one task at a time.')
  const { id } = view.head(slot!)
  const before = (await store.load(view, [id])).get(id)!.task.description
  return editText(repository, before, checkedDescription)
}

export default class TaskEdit extends ChangeCommand {
  static override summary = 'Change fields of tasks.'
  static override description = 'Each field is merged on its own, so two people may edit one task at once.'
  static override examples = [
    'mhv task edit 12 --title "Fix token refresh" --priority high',
    'mhv task edit 3,7-9 --deadline none',
    'mhv task edit 12 --editor',
    'mhv task edit 12 --add-criterion "works off-line"',
  ]
  static override args = { tasks: ChangeCommand.tasksArgument }
  static override mayBeEmpty = ['description']
  static override flags = {
    title: Flags.string({ description: '1 to 200 characters' }),
    description: Flags.string({ char: 'd', description: 'longer text, or - for standard input' }),
    editor: Flags.boolean({
      description: 'change the description in your editor',
      exclusive: ['description'],
    }),
    type: Flags.string({ char: 't', options: TASK_TYPES, description: 'kind of work' }),
    priority: Flags.string({ char: 'p', options: PRIORITIES, description: 'importance' }),
    deadline: Flags.string({ description: `a date or instant${OR_NONE}` }),
    'allow-past': Flags.boolean({ description: 'take a deadline that has passed' }),
    estimate: Flags.string({ char: 'e', description: `90m, 3h, 2d, 1w, 5pt${OR_NONE}` }),
    parent: Flags.string({ description: `the task that this is a part of${OR_NONE}` }),
    'add-criterion': Flags.string({
      char: 'c',
      multiple: true,
      multipleNonGreedy: true,
      description: 'an acceptance criterion',
    }),
    'remove-criterion': Flags.integer({
      min: 1,
      description: 'the place of one, as `task show` counts them',
    }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskEdit)
    const workplace = await this.workplace(flags, args.tasks)
    const targets = await this.targets(workplace, args.tasks)
    const given = Object.keys(flags).filter((flag) => !['json', 'allow-past', 'repo', 'repos'].includes(flag))
    if (given.length === 0) {
      throw new MhvError('USAGE', 'Nothing to change: name a field.', { recovery: ['mhv task edit --help'] })
    }
    const fields: Record<string, unknown> = {}
    if (flags.title !== undefined) fields.title = readTitle(flags.title)
    if (flags.type) fields.type = flags.type
    if (flags.priority) fields.priority = flags.priority
    if (flags.deadline) fields.deadline = readDeadline(flags.deadline, now(), flags['allow-past'])
    if (flags.estimate) fields.estimate = readEstimate(flags.estimate)
    const criteria = (flags['add-criterion'] ?? []).map(readCriterion)
    const { store } = workplace
    const environment = await this.environment(store)
    const parentName = flags.parent === undefined ? undefined : await readParent(flags.parent, workplace)
    const parentIn = (view: Snapshot) =>
      parentName == null ? parentName : view.head(findLiveTask(view, parentName)).id
    if (flags.description !== undefined) fields.description = await readDescription(flags.description)
    if (flags.editor) {
      // Everything else is looked at before the editor opens: what is written in it would be lost.
      const view = await store.view()
      parentIn(view)
      fields.description = await edited(workplace, view, targets)
    }
    const written = await this.change(workplace, targets, (view) => {
      const commands: Command[] = Object.keys(fields).length > 0 ? [{ kind: 'EditTask', fields }] : []
      const parent = parentIn(view)
      if (parent !== undefined) commands.push({ kind: 'SetParent', parent })
      if (flags['remove-criterion'])
        commands.push({ kind: 'RemoveCriterion', place: flags['remove-criterion'] })
      for (const text of criteria) commands.push({ kind: 'AddCriterion', id: environment.newId(), text })
      return commands
    })
    this.report(
      workplace,
      written,
      flags.json,
      () => 'changed',
      () => 'is so already',
    )
  }
}
