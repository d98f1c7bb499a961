import { quote } from '../src/doctor/finding.ts'
import { fetchRefspec, initialise } from '../src/store/initialise.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'

export default class Init extends MhvCommand {
  static override summary = 'Make this repository keep tasks.'
  static override description =
    'Begins the task log and tells git to fetch the logs of the remotes that there are. Commits nothing to your branches, pushes nothing, and changes nothing when run again.'
  static override examples = ['mhv init']

  async run(): Promise<void> {
    const { flags } = await this.parse(Init)
    const { repository, store } = await this.workplace()
    const done = await initialise(repository)
    if (flags.json) return this.printJson({ repository: store.name, ...done })
    const log = {
      begun: `Began the task log of ${store.name} (refs/mtos/tasks).`,
      adopted: `Took over the task log that was fetched (refs/mtos/tasks).`,
      there: `${store.name} keeps tasks already.`,
    }[done.log]
    this.print(log)
    if (done.configured.length > 0) {
      this.print(`git fetch now brings tasks from ${done.configured.join(', ')} too.`)
    }
    for (const remote of done.unlisted) {
      const fetch = `git fetch ${quote(remote)} ${quote(fetchRefspec(remote))}`
      this.print(`${remote} has no fetch refspec, and gets none. This brings its tasks: ${fetch}`)
    }
    for (const remote of done.mirrored) {
      this.print(
        `Careful: this mirrors ${remote}; every git fetch puts its tasks in the place of those here.`,
      )
    }
    if (done.diverged.length > 0) {
      this.print(`The log of ${done.diverged.join(', ')} has changes that are not merged here.`)
    }
    if (done.log !== 'begun') return
    if (done.configured.length > 0) {
      this.print(
        'If tasks are kept there already, take them over before you create any: git fetch && mhv init',
      )
    }
    this.print('Next: mhv tc "What is to be done"')
  }
}
