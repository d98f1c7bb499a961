import { realPath } from '../../src/lifecycle/remove-worktrees.ts'
import { findInTrash, withTrash } from '../../src/lifecycle/worktree-trash.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { placeFlags } from '../../src/terminal/places/place-flags.ts'
import { withoutPlaces } from '../../src/terminal/places/workplace.ts'
import { bringBack } from '../../src/worktrees/bring-back.ts'

export default class WorktreeUndo extends MhvCommand {
  static override summary = 'Bring a removed worktree back as it was.'
  static override description =
    'Its files, ignored ones too, its index, its branch with its settings, and its place among the worktrees. Without a word: the one that was removed last. Where the name of its branch is taken or barred by now, it comes back under another. `mhv worktree list --trash` lists what there is.'
  static override examples = [
    'mhv worktree undo',
    'mhv worktree undo 12',
    'mhv worktree undo ../demo.worktrees/12-login',
  ]
  static override args = {
    worktree: Args.string({ description: 'number of its task, its path, or its id in the trash' }),
  }
  static override flags = { ...placeFlags }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(WorktreeUndo)
    const { repository } = await this.workplace(flags, args.worktree)
    const { entry, branch, path } = await withTrash(repository, (main, { broughtBack }) => {
      const [word] = withoutPlaces(args.worktree === undefined ? [] : [args.worktree])
      const resumed = broughtBack.find(
        ({ task, path, id }) =>
          word === undefined || String(task?.number) === word || path === realPath(word) || id === word,
      )
      if (resumed) {
        const { branch, path } = resumed.back!
        return Promise.resolve({ entry: resumed, branch, path })
      }
      return bringBack(main, findInTrash(main, word, realPath))
    })
    const { task, id } = entry
    if (flags.json) {
      return this.printJson({
        worktree: path,
        branch,
        was_on: entry.branch,
        task: task?.number ?? null,
        trash: id,
      })
    }
    this.did(`${task ? `#${task.number}` : 'The worktree'} is back: ${path}`, [path])
    if (branch !== entry.branch) {
      this.heed(
        `  branch  ${branch}, since ${entry.branch} is another commit, in use, or barred by another branch by now`,
      )
    } else if (branch) this.aside(`  branch  ${branch}`)
  }
}
