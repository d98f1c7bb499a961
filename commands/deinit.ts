import { rmSync } from 'node:fs'
import { MhvError } from '../src/errors.ts'
import { moveRef, readRef } from '../src/git/refs.ts'
import { storeDirectory, TASKS_REF } from '../src/store/git-store.ts'
import { unconfigure } from '../src/store/initialise.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { removeClaims } from '../src/worktrees/remove-claims.ts'

export default class Deinit extends MhvCommand {
  static override summary = 'Undo `mhv init`; the task log stays.'
  static override description =
    'Takes the fetch refspecs, the index and the marks on tasks’ branches away. The task log stays unless --delete-log says otherwise; branches and worktrees always stay.'
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
    const remotes = await unconfigure(repository)
    const branches = await removeClaims(repository)
    const tip = await readRef(repository, TASKS_REF)
    const deletes = flags['delete-log'] && tip !== null
    if (deletes && !(await moveRef(repository, TASKS_REF, null, tip))) {
      throw new MhvError('CONTENTION', 'The task log moved while it was to be deleted; it is still there.', {
        recovery: ['mhv deinit --delete-log --force'],
      })
    }
    rmSync(storeDirectory(repository), { recursive: true, force: true })
    const restore = deletes ? `git update-ref ${TASKS_REF} ${tip}` : null
    if (flags.json)
      return this.printJson({ repository: store.name, remotes, branches, log_deleted: deletes, restore })
    if (remotes.length > 0) this.print(`git fetch no longer brings tasks from ${remotes.join(', ')}.`)
    if (branches.length > 0) {
      this.print(
        `No branch is marked as a task’s any more; mhv start marks it again: ${branches.join(', ')}.`,
      )
    }
    if (restore)
      this.print(`Deleted the task log. Until git collects garbage this brings it back:\n    ${restore}`)
    else if (tip) this.print(`The task log stays (${TASKS_REF}); \`mhv init\` takes it up again.`)
    else this.print('There was no task log.')
  }
}
