import type { EventData } from '../../schemas/event.ts'
import { PRIORITIES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import { MhvError } from '../../src/errors.ts'
import { handle } from '../../src/handle.ts'
import { findLiveTask } from '../../src/query/find-task.ts'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { now } from '../../src/terminal/clock.ts'
import { readDeadline } from '../../src/terminal/deadline.ts'
import { editText } from '../../src/terminal/editor.ts'
import {
  readCriterion,
  readEstimate,
  readLabel,
  readParent,
  readPerson,
  readTitle,
} from '../../src/terminal/fields.ts'
import { checkedDescription, readDescription } from '../../src/terminal/input.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { noteUnseen, relatedTasks } from '../../src/terminal/related-tasks.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'

export default class TaskCreate extends ChangeCommand {
  static override aliases = shortFormsOf('task:create')
  static override summary = 'Create a task.'
  static override description =
    'The title is taken as it stands. A description of “-” is read from standard input; --editor opens your editor for it.'
  static override examples = [
    'mhv tc "Fix auth bug"',
    'mhv tc "Fix auth bug" --type bug --deadline 2026-11-27 --label auth',
    'mhv tc "Release notes" --depends-on 3,7-9 --criterion "names what breaks"',
    'git log -1 --format=%b | mhv tc "Follow up" -d -',
  ]
  static override args = {
    title: Args.string({ required: true, description: 'what is to be done, 1 to 200 characters' }),
  }
  static override mayBeEmpty = ['description']
  static override flags = {
    description: Flags.string({ char: 'd', description: 'longer text, or - for standard input' }),
    editor: Flags.boolean({
      description: 'write the description in your editor',
      exclusive: ['description'],
    }),
    type: Flags.string({ char: 't', options: TASK_TYPES, default: 'task', description: 'kind of work' }),
    priority: Flags.string({ char: 'p', options: PRIORITIES, default: 'medium', description: 'importance' }),
    deadline: Flags.string({
      description: 'a date (2026-11-27, tomorrow, +3d) or an instant (2026-11-27T18:00); “none”',
    }),
    'allow-past': Flags.boolean({ description: 'take a deadline that has passed' }),
    assignee: Flags.string({ char: 'a', description: 'who does it; “me” for yourself, “none” for nobody' }),
    label: Flags.string({
      char: 'l',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      description: 'a label; repeat for more',
    }),
    'depends-on': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      description: 'tasks that have to be done first (3,7-9), of other repositories too (akosha#7)',
    }),
    parent: Flags.string({ description: 'the task that this is a part of; “none”' }),
    criterion: Flags.string({
      char: 'c',
      multiple: true,
      multipleNonGreedy: true,
      description: 'an acceptance criterion; repeat for more',
    }),
    estimate: Flags.string({ char: 'e', description: 'effort with its unit: 90m, 3h, 2d, 1w, 5pt; “none”' }),
    'no-parse': Flags.boolean({ description: 'take the title literally, now and in later versions' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskCreate)
    const isSaga = new Set(flags.repo).size > 1
    const workplace = await this.workplace(isSaga ? { ...flags, repo: flags.repo!.slice(0, 1) } : flags)
    const title = readTitle(args.title)
    const estimate = flags.estimate && readEstimate(flags.estimate)
    const labels = flags.label?.map(readLabel)
    const criteria = flags.criterion?.map(readCriterion)
    const deadline = flags.deadline && readDeadline(flags.deadline, now(), flags['allow-past'])
    const { store } = workplace
    const environment = await this.environment(store)
    const assignee = flags.assignee && readPerson(flags.assignee, environment.actor)
    const dependsOn = await relatedTasks(workplace, flags['depends-on'] ?? [])
    const parentName = flags.parent === undefined ? null : await readParent(flags.parent, workplace)
    const related = (view: Snapshot) => ({
      ids: dependsOn(view),
      parent: parentName === null ? null : view.head(findLiveTask(view, parentName)).id,
    })
    // Everything else is looked at before the editor opens: what is written in it would be lost.
    if (flags.editor) related(await store.view())
    const description = flags.editor
      ? await editText(workplace.repository, '', checkedDescription)
      : flags.description && (await readDescription(flags.description))
    const data = {
      title,
      type: flags.type as (typeof TASK_TYPES)[number],
      priority: flags.priority as (typeof PRIORITIES)[number],
      ...(description ? { description } : {}),
      ...(deadline ? { deadline } : {}),
      ...(estimate ? { estimate } : {}),
      ...(assignee ? { assignee } : {}),
      ...(labels ? { labels: [...new Set(labels)] } : {}),
      ...(criteria
        ? { criteria: criteria.map((text) => ({ id: environment.newId(), text, met: false })) }
        : {}),
    }
    if (isSaga) return this.createParts(flags, data)
    const written = await handle(
      store,
      {
        targets: [],
        create: environment.newId(),
        commands: (view, id) => {
          const { ids, parent } = related(view)
          const relations = {
            ...(ids.length > 0 ? { depends_on: ids } : {}),
            ...(parent ? { parent } : {}),
          }
          return [{ kind: 'CreateTask', id, data: { ...data, ...relations } }]
        },
      },
      environment,
    )
    this.report(
      workplace,
      written,
      flags.json,
      () => 'created',
      () => 'is there already',
    )
    for (const { after } of written.result) noteUnseen(written.view, after.dependsOn.keys())
  }

  /** A task in each of several repositories, linked to each other. */
  private async createParts(
    flags: {
      repo?: string[] | undefined
      repos?: string | undefined
      json: boolean
      parent?: string | undefined
      'depends-on'?: string[] | undefined
    },
    data: EventData<'TaskCreated'>,
  ): Promise<void> {
    if (flags.parent ?? flags['depends-on']) {
      const message =
        'Parts of several repositories are created without parent and dependencies: say of each what it depends on afterwards.'
      throw new MhvError('USAGE', message, { recovery: ['mhv task depend --help'] })
    }
    const [{ createEverywhere }, { printParts }, { sagaPlaces }, { toldWhenStopped }] = await Promise.all([
      import('../../src/federation/saga.ts'),
      import('../../src/terminal/print-parts.ts'),
      import('../../src/terminal/saga-places.ts'),
      import('../../src/terminal/warn-of-sagas.ts'),
    ])
    const { open, federation } = await sagaPlaces(flags.repos)
    const places = [...new Set(await Promise.all((flags.repo ?? []).map(open)))]
    if (places.length < 2)
      throw new MhvError('USAGE', `${(flags.repo ?? []).join(' and ')} are one repository.`)
    const { link, tasks } = await toldWhenStopped(federation.file, () =>
      createEverywhere(places, data, federation.file),
    )
    const parts = places.map((place, i) => ({ place, task: tasks[i]! }))
    await printParts(parts, link, flags.json, 'created')
  }
}
