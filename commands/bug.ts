import { writeOutput } from '../src/output-file.ts'
import { visible } from '../src/printable.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { Args, Flags } from '../src/terminal/oclif.ts'

export default class Bug extends MhvCommand {
  static override summary = 'Collect what a report of a bug needs, without secrets.'
  static override description =
    'Prints versions, facts about the terminal, the repository and the configuration, and the last command that failed, as Markdown to read, complete and send; nothing is sent by itself. Passwords, tokens, variables of gates, addresses of people, titles and the places of remotes are left out. With a command after -- that command is run once more, as it would be by itself (what it writes is written), and what --debug says of its error is added.'
  static override examples = [
    'mhv bug',
    'mhv bug --output report.md',
    'mhv bug -- task list --status all',
    'mhv bug --json',
  ]
  static override strict = false
  static override args = { command: Args.string({ description: 'a command to run again, after --' }) }
  static override flags = {
    output: Flags.string({ char: 'o', description: 'write it to this file, which must not exist' }),
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Bug)
    const { bugMarkdown, bugReport } = await import('../src/terminal/failing/bug-report.ts')
    const report = await bugReport(argv as string[])
    const text = flags.json ? `${JSON.stringify({ schema: 1, ...report })}\n` : visible(bugMarkdown(report))
    if (flags.output === undefined) return this.print(text)
    const taken = 'exists already. Example: --output bug.md'
    writeOutput(flags.output, text, { force: false, taken, recovery: ['mhv bug'] })
    process.stderr.write('Read it before you send it: only you know what is a secret in it.\n')
  }
}
