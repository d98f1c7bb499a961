import { MOMENTS, type Moment } from '../../schemas/vocabulary.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { MhvError, shellWord } from '../../src/errors.ts'
import { gateRefusal, gateReportJson } from '../../src/gating/gate-refusal.ts'
import { requireWork, workHere } from '../../src/gating/gate-subject.ts'
import { findLiveTask } from '../../src/query/find-task.ts'
import { nearestWord } from '../../src/query/nearest-word.ts'
import { namesTasks, parseTaskNames } from '../../src/query/number-list.ts'
import { MhvCommand, unexpectedWord } from '../../src/terminal/base-command.ts'
import { gateEnvironment } from '../../src/terminal/environment.ts'
import { gateProgress } from '../../src/terminal/gating/gate-progress.ts'
import { printGates } from '../../src/terminal/gating/print-gates.ts'
import { warnOfLostHooks } from '../../src/terminal/gating/warn-of-lost-hooks.ts'
import { several } from '../../src/terminal/listing/list-flags.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { namesOf, requireFiles } from '../../src/terminal/places/workplace.ts'

/** A word that is no task may be a gate, where any is configured. */
async function noTask(word: string, top: string | null): Promise<MhvError> {
  const { gates } = (await loadConfig(top)).config
  const meant = nearestWord(
    word,
    gates.map(({ name }) => name),
  )
  const steps = [...(meant ? [`mhv gate run --only ${shellWord(meant)}`] : []), 'mhv config show gates']
  const said = `“${word}” is not a task number (12) or a task id; gates go behind --only`
  return new MhvError('INVALID_INPUT', gates.length > 0 ? `${said}.` : `${said}, and none is configured.`, {
    recovery: gates.length > 0 ? steps : ['mhv gate init'],
    data: { field: 'task', value: word },
  })
}

export default class GateRun extends MhvCommand {
  static override summary = 'Run quality gates.'
  static override description =
    'On the work of a task, or on what is checked out here. They run several at once, each is ended whole when its time is up, and a pass that is recorded for the same files, inputs and tools stands in for a run. Nothing is stashed, and no file is changed but by the gates themselves. Ends with 3 when a gate failed, with 1 when one could not be started.'
  static override examples = [
    'mhv gate run',
    'mhv gate run 12',
    'mhv gate run --only lint,test --no-cache',
    'mhv gate run --moment pre-push --jobs 2 --json',
  ]
  static override args = {
    task: Args.string({ description: 'number or id of a task; what is checked out here when left out' }),
  }
  static override flags = {
    at: Flags.string({ description: 'run them on this commit, in a temporary worktree' }),
    only: several('names of gates to run, whatever their moment'),
    moment: Flags.string({ options: MOMENTS, default: 'done', description: 'run the gates of this moment' }),
    'no-cache': Flags.boolean({ description: 'run them although passes are recorded' }),
    jobs: Flags.integer({ char: 'j', min: 1, max: 64, description: 'most gates at once' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(GateRun)
    const workplace = await this.workplace({}, args.task)
    requireFiles(workplace)
    const { repository, store } = workplace
    if (args.task !== undefined && !namesTasks(args.task)) {
      throw await noTask(args.task, repository.workTree)
    }
    const names = args.task === undefined ? [] : parseTaskNames([args.task], namesOf(workplace))
    const [name, ...more] = names
    if (more.length > 0 || typeof name === 'object') throw unexpectedWord(args.task!)
    const view = name === undefined ? null : await store.view()
    const slot = view && findLiveTask(view, name!)
    if (flags.at !== undefined && slot !== null) throw unexpectedWord(args.task!)
    const work = flags.at
      ? { subject: { commit: flags.at, branch: null, base: null }, place: null }
      : view && slot !== null
        ? requireWork(repository, store, view, slot)
        : workHere(repository, store)
    const [{ subject, place }, environment, { gateCommit }] = await Promise.all([
      work,
      gateEnvironment(repository),
      // Its loading takes no longer than git's answers.
      import('../../src/gating/gate-commit.ts'),
    ])
    const progress = gateProgress()
    const report = await gateCommit(repository, subject, {
      moment: flags.moment as Moment,
      ...(flags.only ? { names: flags.only } : {}),
      useCache: !flags['no-cache'],
      ...(flags.jobs ? { jobs: flags.jobs } : {}),
      ...(place ? { place } : {}),
      onProgress: progress.onProgress,
      environment,
    }).finally(progress.end)
    await warnOfLostHooks(repository)
    const which = flags.at ? ` --at ${shellWord(flags.at)}` : slot === null ? '' : ` ${view!.number(slot)}`
    const refusal = gateRefusal([report], () => `mhv gate run${which}`)
    if (!flags.json) await printGates([report], process.stdout)
    if (refusal) throw refusal
    if (flags.json) return this.printJson(gateReportJson(report))
    if (report.verdict === 'nothing to run') this.aside(`No gate is configured for ${flags.moment}.`)
  }
}
