import { TRACKERS } from '../../src/exchange/trackers/tracker-task.ts'
import { IMPORT_FORMATS, type ImportFormat, importTasks } from '../../src/import-tasks.ts'
import { ChangeCommand } from '../../src/terminal/change-command.ts'
import { importInput } from '../../src/terminal/exchange/import-input.ts'
import { reportFound } from '../../src/terminal/exchange/report-found.ts'
import { reportImport } from '../../src/terminal/exchange/report-import.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { statusLine } from '../../src/terminal/output/progress.ts'

/** From so many bytes on, reading a file takes about a second. */
const LARGE = 2_000_000

export default class TaskImport extends ChangeCommand {
  static override summary = 'Import tasks of another tracker, or from a file.'
  static override description = `All tasks of the file are imported in one commit, or none.

Tasks are known by their source and their id there, so that a second import of a file changes no task: those that differ from the file are named, and dependencies that lead to a task only now are made. Times of the source are kept. A file with a line that breaks a rule is refused, with every such line named. mhv undo takes an import back.

Of Beads, Backlog.md, Taskwarrior, git-bug, task-master, GitHub, GitLab and Jira it takes what their own tools write; which of them it was is told by what is in the file. Without a file it says which trackers have tasks in this directory, and how to import each; with --from it imports the one that is here. docs/import.md tells how to get each file, what becomes what, and what is lost.

JSON: {"id", "title"} and, where there are, source, description, type, priority (low to critical, P0 to P4), status (ours, or open, closed, archived, draft), labels, assignee, created_by, created_at, started_at, closed_at, closed_by, deadline, estimate, deps [{id, type: blocks or parent-child}], criteria, comments [{text, by, at}]. Other fields are kept as metadata; docs/format.md has all words that are understood.
CSV: a heading with at least ID and Title; Description, Estimate (points unless it has a unit), Priority, Assignee, Dependencies, Sprint and any field above; criteria are a line each, and lists may be JSON.

What mhv task export writes comes back with the same fields, relations, comments and times. In another repository tasks that were made here get ids and numbers of their own, and branch, commit and gate results stay behind.`
  static override examples = [
    'mhv task import tasks.jsonl --dry-run',
    'mhv task import .beads/issues.jsonl --from beads',
    'mhv task import backlog --dry-run',
    'mhv task import plan.csv --source roadmap',
    'mhv task import - --format jsonl --source tracker < tasks.jsonl',
  ]
  static override args = {
    file: Args.string({ description: 'file or directory to read, or - for standard input' }),
  }
  static override flags = {
    from: Flags.string({
      options: [...TRACKERS, 'csv'],
      description: 'whose file it is; told by what is in it when left out',
      exclusive: ['format'],
    }),
    format: Flags.string({
      options: IMPORT_FORMATS,
      description: 'form of the file; told by its name or beginning when left out',
    }),
    source: Flags.string({
      description:
        'name of the system that the tasks come from, where the file does not say it; the file’s name',
    }),
    'dry-run': Flags.boolean({ description: 'say what would be imported, and write nothing' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TaskImport)
    const input = await importInput(args.file, flags.from, (flags.format as ImportFormat | undefined) ?? null)
    if (!('file' in input)) return reportFound(input.found, flags.json)
    const { store } = await this.workplace(flags)
    const dryRun = flags['dry-run'] ?? false
    const environment = await this.environment(store)
    const status = statusLine()
    // The file is read in one go, in which nothing can be said; writing has a bar of its own.
    if (input.bytes.length > LARGE)
      status.show(`Reading ${input.file === '-' ? 'standard input' : input.file} …`)
    const plan = await importTasks(store, environment, {
      ...input,
      source: flags.source ?? null,
      dryRun,
    }).finally(() => status.end())
    reportImport(plan, store.name, dryRun, flags.json)
  }
}
