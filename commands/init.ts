import { changeHooks } from '../src/change-hooks.ts'
import { MhvError, shellWord } from '../src/errors.ts'
import { installedHooks, installHooks } from '../src/hooks/install.ts'
import { fetchRefspec, initialise } from '../src/store/initialise.ts'
import { canAsk, decide } from '../src/terminal/asking/agree.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { ownProgram } from '../src/terminal/own-program.ts'
import { placeFlags } from '../src/terminal/places/place-flags.ts'
import { requireFiles, type Workplace } from '../src/terminal/places/workplace.ts'

/** What a shell has for a program that Ctrl-C ended: here it comes as a key, and is no signal. */
const INTERRUPTED = 130

export default class Init extends MhvCommand {
  static override summary = 'Make this repository keep tasks.'
  static override description =
    'Begins the task log and tells git to fetch the logs of the remotes that there are. Commits nothing to your branches, pushes nothing, and changes nothing when run again. With --repo, of a repository that has no clone here, begins it on the remote.\n\nIn a terminal it then goes through three steps, each of which can be declined: who you are, the repositories beside this one, and what is here already, which are hooks and the tasks of other trackers. What was declined is offered again by the same command.'
  static override examples = ['mhv init', 'mhv init --yes', 'mhv init --hooks', 'mhv init --repo oneiric']
  static override flags = {
    hooks: Flags.boolean({
      allowNo: true,
      description: 'install the git hooks too, or do not ask about them; asked in a terminal unless given',
    }),
    yes: Flags.boolean({
      char: 'y',
      description: 'agree to all that would be asked',
    }),
    ...placeFlags,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Init)
    if (flags.yes && flags.json) {
      throw new MhvError(
        'USAGE',
        '--yes goes through steps that are told in words, and --json has none of them.',
        {
          recovery: ['mhv init --json', 'mhv init --yes'],
        },
      )
    }
    const place = await this.workplace(flags)
    if (place.elsewhere?.url) {
      // Nothing to install them in.
      if (flags.hooks) requireFiles(place)
      return this.begin(place, place.elsewhere.url, flags.json)
    }
    const { repository, store } = place
    const done = await initialise(repository)
    if (flags.json) {
      const hooks = flags.hooks
        ? await changeHooks(repository, () => installHooks(repository, ownProgram()))
        : installedHooks(repository)
      return this.printJson({ repository: store.name, ...done, hooks })
    }
    const log = {
      begun: `Began the task log of ${store.name} (refs/mtos/tasks).`,
      adopted: `Took over the task log that was fetched (refs/mtos/tasks).`,
      there: `${store.name} keeps tasks already.`,
    }[done.log]
    this.aside(log)
    if (done.configured.length > 0) {
      this.aside(`git fetch now brings tasks from ${done.configured.join(', ')} too.`)
    }
    for (const remote of done.unlisted) {
      const fetch = `git fetch ${shellWord(remote)} ${shellWord(fetchRefspec(remote))}`
      this.heed(`${remote} has no fetch refspec, and gets none. This brings its tasks: ${fetch}`)
    }
    for (const remote of done.mirrored) {
      this.heed(`Careful: this mirrors ${remote}; every git fetch puts its tasks in the place of those here.`)
    }
    if (done.diverged.length > 0) {
      this.heed(`The log of ${done.diverged.join(', ')} has changes that are not merged here: mhv sync`)
    }
    if (done.log === 'begun' && done.configured.length > 0) {
      this.aside('If tasks are kept there already, take them over before you create any: mhv sync')
    }
    await this.offerMore(place, flags)
    const isAsked = flags.yes || canAsk()
    if ((done.log !== 'begun' && !isAsked) || process.exitCode === INTERRUPTED) return
    this.aside('Next: mhv tc "What is to be done"')
    if (canAsk()) this.aside('Or learn it by doing, in a garden of its own: mhv tour')
  }

  /**
   * What a first run finds and may do besides, in steps that can each be declined: what is done stays, and the same command
   * goes on with the rest. Where nobody can answer, it is only said.
   */
  private async offerMore(
    place: Workplace,
    flags: { readonly yes: boolean; readonly hooks?: boolean | undefined },
  ): Promise<void> {
    const { isBrokenOff } = await import('../src/terminal/asking/questions.ts')
    try {
      await this.goThrough(place, flags)
    } catch (error) {
      if (!isBrokenOff(error)) throw error
      process.stderr.write('\nLeft; what is done stays. The rest is offered again by: mhv init\n')
      process.exitCode = INTERRUPTED
    }
  }

  private async goThrough(
    { repository, store }: Workplace,
    { yes, hooks }: { readonly yes: boolean; readonly hooks?: boolean | undefined },
  ): Promise<void> {
    const { offerHooks, offerImports, offerNeighbours, settleIdentity } = await import(
      '../src/terminal/first-run.ts'
    )
    const { asker, BrokenOff } = await import('../src/terminal/asking/questions.ts')
    const isAsked = canAsk() && !yes
    const agree = async (question: string) => {
      const decision = await decide(question)
      if (decision === 'left') throw new BrokenOff('Nobody answers.')
      return decision === 'yes'
    }
    const agreed = yes ? async () => true : isAsked ? agree : null
    const wanted = hooks === undefined ? agreed : async () => hooks
    if (agreed) {
      this.aside('\n1 of 3: who you are')
      await this.attempt(async () => settleIdentity(repository, isAsked ? await asker() : null))
      this.aside('\n2 of 3: repositories beside this one')
      await this.attempt(() => offerNeighbours(repository, agreed))
      this.aside('\n3 of 3: what is here already')
    }
    await this.attempt(() => offerImports(repository, store, agreed))
    if (hooks !== false) await this.attempt(() => offerHooks(repository, wanted))
    if (agreed) this.aside('')
  }

  /** A step that fails keeps nobody from the next one, and the exit code tells of it, since it was agreed to. */
  private async attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step()
    } catch (error) {
      if (!(error instanceof MhvError)) throw error
      const { renderError } = await import('../src/terminal/failing/render-error.ts')
      const { exit } = await renderError(error, false, 'init', ['init', ...this.argv])
      process.exitCode ||= exit
    }
  }

  /** Begins the log of a repository that is known by its URL only. */
  private async begin({ store }: Workplace, url: string, json: boolean): Promise<void> {
    const { beginThere } = await import('../src/federation/url-store.ts')
    const done = await beginThere(url)
    const remotes = { configured: [], unlisted: [], mirrored: [], diverged: [] }
    if (json) return this.printJson({ repository: store.name, ...done, ...remotes, hooks: null })
    if (done.log === 'there') return this.aside(`${store.name} keeps tasks already.`)
    const branch = /^refs\/heads\/(.+)$/.exec(done.ref)?.[1]
    const where = branch ? `, in the branch ${branch}: other refs are not taken there, or not shown` : ''
    this.aside(`Began the task log of ${store.name} on its remote${where}.`)
    this.aside(`Next: mhv tc --repo ${store.name} "What is to be done"`)
  }
}
