import { loadConfig } from '../../src/config/load-config.ts'
import { inspectAll, startedWithout, surveyWorktrees } from '../../src/lifecycle/survey-worktrees.ts'
import { settleKilled } from '../../src/lifecycle/worktree-trash.ts'
import { saidOf } from '../../src/repos/said-of.ts'
import { MhvCommand, type Workplace } from '../../src/terminal/base-command.ts'
import { Flags } from '../../src/terminal/oclif.ts'
import { localDate, now } from '../../src/terminal/output/clock.ts'
import { progressBar } from '../../src/terminal/output/progress.ts'
import { screenWidth } from '../../src/terminal/output/screen-width.ts'
import {
  asksForSeveral,
  type FederationFlags,
  federationFlags,
} from '../../src/terminal/places/federation-flags.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'
import { canLeave } from '../../src/terminal/worktrees/go-to.ts'
import {
  type Listed,
  worktreeJson,
  worktreeRemarks,
  worktreeTable,
} from '../../src/terminal/worktrees/worktree-rows.ts'
import { isCopy } from '../../src/worktrees/inspect.ts'
import { keptUntil } from '../../src/worktrees/settle-trash.ts'
import { readTrash } from '../../src/worktrees/trash-entry.ts'

/** What was found, for programs and for people. */
interface Answer {
  json(): object
  print(): Promise<void>
}

export default class WorktreeList extends MhvCommand {
  static override aliases = shortFormsOf('worktree:list')
  static override summary = 'List worktrees with their tasks, and what is in them.'
  static override description =
    'For each: its task and status, the branch, commits ahead and behind (+/-), changed files (DIRTY), untracked ones (NEW), ignored ones (IGN), commits that no remote has, how its work was merged, when somebody last worked in it, whether it is locked or in use. Below: what has lost its task, branch or directory, copies, and tasks in progress that have no worktree here.'
  static override examples = ['mhv wl', 'mhv worktree list --trash', 'mhv worktree list --json']
  static override flags = {
    format: Flags.string({
      exclusive: ['json', 'trash'],
      description: "a template for each worktree: '{number}\\t{path}\\t{branch}'",
    }),
    trash: Flags.boolean({ description: 'removed worktrees that can be brought back, and until when' }),
    ...federationFlags,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(WorktreeList)
    if (flags.format !== undefined) return this.written(flags.format, flags)
    if (!asksForSeveral(flags)) {
      const answer = await this.look(await this.workplace(), flags.trash)
      return flags.json ? this.printJson(answer.json()) : answer.print()
    }
    const { eachJson, inEach, printEach } = await import('../../src/terminal/places/in-each.ts')
    const outcomes = await inEach(flags, (workplace) => this.look(workplace, flags.trash), true)
    if (flags.json) return this.printJson(eachJson(outcomes, (answer) => answer.json()))
    process.exitCode = await printEach(outcomes, (answer) => answer.print())
  }

  private async written(format: string, flags: FederationFlags): Promise<void> {
    const { worktreesWritten, worktreeTemplate } = await import(
      '../../src/terminal/worktrees/worktree-template.ts'
    )
    const template = worktreeTemplate(format)
    const print = async (answer: Answer) => {
      const { worktrees } = answer.json() as { worktrees: Record<string, unknown>[] }
      process.stdout.write(await worktreesWritten(template, worktrees))
    }
    if (!asksForSeveral(flags)) return print(await this.look(await this.workplace(), false))
    const { inEach } = await import('../../src/terminal/places/in-each.ts')
    const outcomes = await inEach(flags, (workplace) => this.look(workplace, false), true)
    for (const { repository, value, error } of outcomes) {
      if (value) await print(value)
      else if (error) {
        process.stderr.write(`Problem: ${saidOf(repository, error.message)}\n`)
        process.exitCode = Math.max(Number(process.exitCode ?? 0), error.exit)
      }
    }
  }

  private async look(workplace: Workplace, isTrash: boolean): Promise<Answer> {
    const { repository, store } = workplace
    const { config } = await loadConfig(repository.workTree)
    await settleKilled(repository)
    if (isTrash) return this.trash(workplace, config.worktrees.trash)
    const survey = await surveyWorktrees(repository, store, config, canLeave())
    const facts = await inspectAll(survey, progressBar('Looking at worktrees'))
    const listed = survey.worktrees.map((each, i): Listed => ({ ...each, facts: facts[i]! }))
    const strays = survey.strays.filter(({ path }) => survey.all.every(({ movedTo }) => movedTo !== path))
    const copies = strays.filter((stray) => isCopy(stray, survey.all)).map(({ path }) => path)
    const unclear = strays.map(({ path }) => path).filter((path) => !copies.includes(path))
    const without = startedWithout(survey)
    const json = () => ({
      worktrees: listed.map((each) => worktreeJson(survey, each, store.name)),
      total: listed.length,
      copies,
      unclear,
      tasks_without_worktree: without.map((task) => ({ ref: `${store.name}#${task.number}`, ...task })),
    })
    const print = async () => {
      const width = screenWidth()
      this.print(await worktreeTable(listed, process.cwd(), now(), width))
      for (const line of listed.flatMap(worktreeRemarks)) this.heed(line)
      for (const path of copies) {
        this.heed(`${path} is a copy of a worktree, and none itself (mhv worktree repair tells more)`)
      }
      for (const path of unclear) {
        this.heed(
          `${path} may be where a worktree was moved to, or a copy of it (mhv worktree repair tells more)`,
        )
      }
      for (const { number, title } of without) {
        this.aside(`#${number} is in progress without a worktree here (mhv start ${number}): ${title}`)
      }
    }
    return { json, print }
  }

  private trash({ repository, store }: Workplace, retention: number): Answer {
    const entries = readTrash(repository)
    const json = () => {
      const trash = entries.map((entry) => ({
        id: entry.id,
        path: entry.path,
        task: entry.task && { ref: `${store.name}#${entry.task.number}`, ...entry.task },
        branch: entry.branch,
        took_branch: entry.takesBranch,
        head: entry.head,
        removed_at: entry.at,
        kept_until: new Date(keptUntil(entry, retention)).toISOString(),
        state: entry.state,
      }))
      return { trash, total: trash.length }
    }
    const print = async () => {
      if (entries.length === 0) this.aside('No removed worktree is kept.')
      for (const entry of entries) {
        const what = entry.task ? `#${entry.task.number} ${entry.task.title}` : (entry.branch ?? 'detached')
        this.print(`${entry.id}  until ${localDate(keptUntil(entry, retention))}  ${entry.path}  ${what}`)
      }
    }
    return { json, print }
  }
}
