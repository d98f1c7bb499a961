import { MhvCommand } from '../src/terminal/base-command.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { parseTemplate } from '../src/terminal/output/template.ts'
import { PROMPT_SHELLS, renderSegment } from '../src/terminal/prompt/render-segment.ts'
import { DEFAULT_FORMAT, FIELDS, segmentAround } from '../src/terminal/prompt/segment.ts'

export default class Prompt extends MhvCommand {
  static override summary = 'Print the task worked on here, for your shell’s prompt.'
  static override description =
    'The task of the branch that is checked out, with its status and how many of its criteria are met: #12 in progress 2/3. Prints nothing where there is none, and never an error of the repository.\n\nIt takes hardly longer than starting Node: it reads files only, and shows what mhv has read last. How it goes into the prompts of zsh, fish, PowerShell and starship is in docs/shell.md.'
  static override examples = [
    'mhv prompt',
    'mhv prompt --format "{number} {title:20}"',
    "PS1='$(mhv prompt) \\$ '   # in ~/.bashrc",
  ]
  static override flags = {
    format: Flags.string({
      description: `a template with {${FIELDS.join('}, {')}}; {title:20?none} has a width and a word for nothing; default “${DEFAULT_FORMAT}”`,
    }),
    shell: Flags.string({
      options: PROMPT_SHELLS,
      description: 'write it as the prompt of this shell needs it',
    }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Prompt)
    const template = parseTemplate(flags.format ?? DEFAULT_FORMAT, FIELDS, 'mhv prompt')
    let segment = null
    try {
      segment = segmentAround(process.cwd())
    } catch {
      // A prompt says nothing of what is wrong: the next command does.
    }
    const text = segment ? renderSegment(segment, template, flags.shell) : ''
    if (flags.json) this.printJson({ segment, text })
    else if (text.trim()) this.print(text)
  }
}
