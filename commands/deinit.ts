import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { changeHooks } from '../src/change-hooks.ts'
import { readRef } from '../src/git/refs.ts'
import { uninstallHooks } from '../src/hooks/install.ts'
import { deleteLog } from '../src/store/delete-log.ts'
import { storeDirectory, TASKS_REF } from '../src/store/git-store.ts'
import { unconfigure } from '../src/store/initialise.ts'
import { requireWritablePlaces } from '../src/store/unwritable-places.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { removeClaims } from '../src/worktrees/remove-claims.ts'

export default class Deinit extends MhvCommand {
  static override summary = 'Undo `mhv init`; the task log stays.'
  static override description =
    'Takes the git hooks, the fetch refspecs, the index and the marks on tasks’ branches away. The task log stays unless --delete-log says otherwise; branches and worktrees always stay.'
  static override examples = ['mhv deinit', 'mhv deinit --delete-log --force']
  static override flags = {
    'delete-log': Flags.boolean({
      description: 'delete the task log of this clone too',
      dependsOn: ['force'],
    }),
    force: Flags.boolean({ char: 'f', description: 'needed to delete the log' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Deinit)
    const { repository, store } = await this.workplace()
    const { commonDir } = repository
    const directory = storeDirectory(repository)
    requireWritablePlaces([commonDir, directory, join(commonDir, 'refs'), join(commonDir, 'refs', 'mtos')])
    const hooks = await changeHooks(repository, () => uninstallHooks(repository))
    const remotes = await unconfigure(repository)
    const branches = await removeClaims(repository)
    const deleted = flags['delete-log'] ? await deleteLog(repository) : null
    rmSync(directory, { recursive: true, force: true })
    const fetched = deleted?.fetched ?? []
    const restore = deleted?.tip ? `git update-ref ${TASKS_REF} ${deleted.tip}` : null
    if (flags.json) {
      const what = {
        hooks,
        remotes,
        branches,
        log_deleted: restore !== null,
        fetched_deleted: fetched,
        restore,
      }
      return this.printJson({ repository: store.name, ...what })
    }
    if (hooks.changed) this.aside('Took the git hooks away.')
    if (hooks.foreign.length > 0) {
      this.heed(`Hooks that others have put in the place of ours stay: ${hooks.foreign.join(', ')}.`)
    }
    if (remotes.length > 0) this.aside(`git fetch no longer brings tasks from ${remotes.join(', ')}.`)
    if (branches.length > 0) {
      this.aside(
        `No branch is marked as a task’s any more; mhv start marks it again: ${branches.join(', ')}.`,
      )
    }
    if (restore)
      this.heed(`Deleted the task log. Until git collects garbage this brings it back:\n    ${restore}`)
    else if (await readRef(repository, TASKS_REF))
      this.aside(`The task log stays (${TASKS_REF}); \`mhv init\` takes it up again.`)
    else this.aside('There was no task log.')
    if (fetched.length > 0) {
      this.aside(
        `Deleted what had been fetched, which mhv init and git fetch bring again: ${fetched.join(', ')}.`,
      )
    }
  }
}
