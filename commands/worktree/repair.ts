import { shellWord } from '../../src/errors.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { applyRepair, planRepair } from '../../src/worktrees/repair.ts'

export default class WorktreeRepair extends MhvCommand {
  static override summary = 'Find worktrees that were moved by hand.'
  static override description =
    'Looks beside where they were and beside the others; one that was moved elsewhere has to be named. git is then led to exactly these. A worktree that was copied stays where it is registered, and what to do with the copy is told.'
  static override examples = ['mhv worktree repair', 'mhv worktree repair ~/elsewhere/12-login']
  static override strict = false
  static override args = {
    paths: Args.string({ description: 'directories to which worktrees were moved; several with blanks' }),
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(WorktreeRepair)
    const { repository } = await this.workplace()
    const plan = await planRepair(repository, argv as string[])
    applyRepair(plan)
    if (flags.json) {
      this.printJson({
        moved: plan.moved.map(({ path, from }) => ({ path, from })),
        cut_off: plan.cutOff.map(({ path }) => path),
        copies: plan.copies,
        unclear: plan.unclear,
        taken: plan.taken.map(({ path }) => path),
        lost: plan.lost,
      })
      return
    }
    for (const { path, from } of plan.moved) this.did(`${from} is found again at ${path}`, [path])
    for (const { path } of plan.cutOff) this.did(`${path} finds its repository again`, [path])
    for (const { path, of } of plan.copies) {
      this.heed(
        `${path} is a copy of the worktree ${of} and shares its index: a commit in the one confuses the other. To keep its files apart from git: rm ${shellWord(`${path}/.git`)}`,
      )
    }
    for (const { from, places } of plan.unclear) {
      this.heed(
        `${from} may be any of these; say which: mhv worktree repair ${places.map(shellWord).join(' | ')}`,
      )
    }
    for (const { path, hasGit } of plan.taken) {
      const aside = `mv ${shellWord(path)} ${shellWord(`${path}.old`)}`
      // What has a .git of its own may be in use by another repository, which would not find it elsewhere.
      const forget = hasGit
        ? ''
        : `. If it was deleted: ${aside}, then mhv worktree remove ${shellWord(path)}`
      this.heed(
        `${path} does not hold the worktree, and is left alone. If the worktree was moved: mhv worktree repair NEW-PATH${forget}`,
      )
    }
    for (const path of plan.lost) {
      this.heed(`${path} is nowhere to be found; if it was moved: mhv worktree repair NEW-PATH`)
    }
    if (Object.values(plan).every(({ length }) => length === 0)) {
      this.aside('Every worktree is where git knows it.')
    }
  }
}
