import { MhvCommand, wordsOf } from '../../src/terminal/base-command.ts'
import { listFlags } from '../../src/terminal/listing/list-flags.ts'
import { listTasks } from '../../src/terminal/listing/list-tasks.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'

export default class TaskList extends MhvCommand {
  static override aliases = shortFormsOf('task:list')
  static override summary = 'List tasks.'
  static override description =
    'Those that have not ended, unless --status says otherwise. Several filters have to hold all; several values of one of --status, --type and --priority mean any of them. What is most urgent comes first. With --all, --repo, --tag, --role or --repos the tasks of several repositories are one list; one of them that cannot be read is named and hides no other.\n\nWords are another way to say filters: the answer names the flags that they became. A flag wins over words, and words that say nothing else are looked for in the tasks, as by --text.'
  static override examples = [
    'mhv tl',
    'mhv tl overdue bugs assigned to me',
    'mhv tl --status all --sort updated:desc --limit 20',
    'mhv tl --priority high,critical --label auth --overdue',
    'mhv tl --format csv --columns number,title,estimate',
    'mhv tl --at 2026-11-01',
    'mhv tl --all --group-by deadline',
    'mhv tl --repo akosha,crackerjack --priority critical',
    'mhv tl --repos repos.yaml --format markdown --fail-on "overdue or blocked"',
  ]
  // The words may come without quotes around them.
  static override strict = false
  static override args = {
    words: Args.string({ description: 'which ones, in words: overdue bugs in akosha assigned to me' }),
  }
  static override flags = listFlags

  async run(): Promise<void> {
    const { raw, flags } = await this.parse(TaskList)
    const text = wordsOf(raw)
    const words = text === '' ? null : { text, command: 'task list' }
    await listTasks(flags, () => this.workplace(), words)
  }
}
