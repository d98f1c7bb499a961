import type { EventData } from '../../schemas/event.ts'
import type { PRIORITIES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import { MhvError } from '../../src/errors.ts'
import { handle } from '../../src/handle.ts'
import { findLiveTask } from '../../src/query/find-task.ts'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import { type AskedTask, askedTask } from '../../src/terminal/asking/asked-task.ts'
import { editText } from '../../src/terminal/asking/editor.ts'
import { duplicatesOf } from '../../src/terminal/asking/likely-duplicates.ts'
import { wordsOf } from '../../src/terminal/base-command.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { pasted } from '../../src/terminal/failing/pasted-step.ts'
import { readDeadline } from '../../src/terminal/input/deadline.ts'
import { checkedDescription } from '../../src/terminal/input/input.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { now } from '../../src/terminal/output/clock.ts'
import { note } from '../../src/terminal/output/output-mode.ts'
import { numbered, type Workplace } from '../../src/terminal/places/workplace.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'
import { type CreateFlags, createFlags } from '../../src/terminal/task/create-flags.ts'
import {
  readCriterion,
  readEstimate,
  readLabel,
  readParent,
  readPerson,
  readTitle,
} from '../../src/terminal/task/fields.ts'
import { noteUnseen, relatedTasks, withSourceIds } from '../../src/terminal/task/related-tasks.ts'

export default class TaskCreate extends ChangeCommand {
  static override aliases = shortFormsOf('task:create')
  static override summary = 'Create a task from words.'
  static override description =
    'Parts of the words become fields: “in session-buddy” or “@sb” the repository, “by Friday” the deadline, “urgent” the priority, “#auth” a label, “assign to ann” who does it, “after #45” a dependency, “~3h” the estimate, “so that …” and lines that begin with “- [ ]” acceptance criteria. What is in quotes or looks like code stays as it is. A flag wins over words. A weekday is the next one that comes, on that day itself today; “next Friday” is the one of next week, which begins on Monday.\n\nWhere the words are not clear, it asks in a terminal, and else refuses with the command that creates what was understood.'
  static override examples = [
    'mhv tc "Fix auth bug in session-buddy by Friday"',
    'mhv tc "Fix auth bug" --type bug --deadline 2026-11-27 --label auth',
    'mhv tc "Release notes" --depends-on 3,7-9 --criterion "names what breaks"',
    'mhv tc --dry-run "Urgent: rotate the keys by end of week #security"',
    'git log -1 --format=%b | mhv tc "Follow up" -d -',
  ]
  // The words may come without quotes around them.
  static override strict = false
  static override args = {
    words: Args.string({ required: true, description: 'what is to be done' }),
  }
  static override mayBeEmpty = ['description']
  static override flags = createFlags

  async run(): Promise<void> {
    const { raw, flags } = await this.parse(TaskCreate)
    const asked = await askedTask(wordsOf(raw), flags, (place) => this.workplace(place))
    if (!asked) return
    const { workplace, wanted, request } = asked
    const { store } = workplace
    const title = readTitle(wanted.title)
    const estimate = wanted.estimate && readEstimate(wanted.estimate)
    const labels = wanted.labels?.map(readLabel)
    const criteria = wanted.criteria?.map(readCriterion)
    const deadline = wanted.deadline && readDeadline(wanted.deadline, now(), flags['allow-past'])
    const environment = await this.environment(store)
    const assignee = wanted.assignee && readPerson(wanted.assignee, environment.actor)
    const dependsOn = await relatedTasks(workplace, await withSourceIds(store, wanted.dependsOn ?? []))
    const parentName = flags.parent === undefined ? null : await readParent(flags.parent, workplace)
    const related = (view: Snapshot) => ({
      ids: dependsOn(view),
      parent: parentName === null ? null : view.head(findLiveTask(view, parentName)).id,
    })
    // Everything else is looked at before the editor opens: what is written in it would be lost.
    if (flags.editor) related(await store.view())
    const description = await this.readText(workplace, wanted.description, flags)
    const data = {
      title,
      type: (wanted.type ?? 'task') as (typeof TASK_TYPES)[number],
      priority: (wanted.priority ?? 'medium') as (typeof PRIORITIES)[number],
      ...(description ? { description } : {}),
      ...(deadline ? { deadline } : {}),
      ...(estimate ? { estimate } : {}),
      ...(assignee ? { assignee } : {}),
      ...(labels ? { labels: [...new Set(labels)] } : {}),
      ...(criteria
        ? { criteria: criteria.map((text) => ({ id: environment.newId(), text, met: false })) }
        : {}),
    }
    if (new Set(flags.repo).size > 1) return this.createParts(flags, data, wanted.dependsOn !== null, asked)
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
          return [
            { kind: 'CreateTask', id, data: { ...data, ...relations }, ...(request ? { request } : {}) },
          ]
        },
      },
      environment,
    )
    const there = () => 'is there already'
    const duplicates = await duplicatesOf(workplace, written.view, written.result[0]!.after.id)
    const more = { ...asked.more, duplicates: duplicates.map(({ said: _, ...duplicate }) => duplicate) }
    this.report(workplace, written, flags.json, () => 'created', there, more)
    if (asked.said && !flags.json) {
      // What words alone sent to another repository is not what a plain undo here would take back.
      const isLed = workplace.elsewhere !== undefined && flags.repo === undefined
      const step = pasted(`mhv undo ${numbered(workplace, written.result[0]!.after.number)}`)
      this.aside(`${asked.said}${isLed ? `  undo        ${step}\n` : ''}`)
    }
    for (const { said, score, title, status } of flags.json ? [] : duplicates) {
      note(`Looks like ${said} (${status}), ${score.toFixed(2)}: ${title}\n`)
    }
    for (const { after } of written.result) noteUnseen(written.view, after.dependsOn.keys())
  }

  /** The description as it is given, or written in the editor. */
  private async readText(
    { repository }: Workplace,
    text: string | null,
    flags: CreateFlags,
  ): Promise<string | null> {
    if (flags.editor) return editText(repository, text ?? '', checkedDescription)
    return text && checkedDescription(text)
  }

  /** A task in each of several repositories, linked to each other. */
  private async createParts(
    flags: CreateFlags,
    data: EventData<'TaskCreated'>,
    dependsOnSome: boolean,
    { said, more }: AskedTask,
  ): Promise<void> {
    if (flags.parent !== undefined || dependsOnSome) {
      const message =
        'Parts of several repositories are created without parent and dependencies: say of each what it depends on afterwards.'
      throw new MhvError('USAGE', message, { recovery: ['mhv task depend --help'] })
    }
    const [{ createEverywhere }, { printParts }, { sagaPlaces }, { toldWhenStopped }] = await Promise.all([
      import('../../src/federation/saga.ts'),
      import('../../src/terminal/task/print-parts.ts'),
      import('../../src/terminal/places/saga-places.ts'),
      import('../../src/terminal/places/warn-of-sagas.ts'),
    ])
    const { open, federation } = await sagaPlaces(flags.repos)
    const places = [...new Set(await Promise.all((flags.repo ?? []).map(open)))]
    if (places.length < 2)
      throw new MhvError('USAGE', `${(flags.repo ?? []).join(' and ')} are one repository.`)
    const { link, tasks } = await toldWhenStopped(federation.file, () =>
      createEverywhere(places, data, federation.file),
    )
    const parts = places.map((place, i) => ({ place, task: tasks[i]! }))
    await printParts(parts, link, flags.json, 'created', more)
    if (said && !flags.json) this.aside(said)
  }
}
