import type { SetUp, SetUpOptions } from '../../lifecycle/set-up-worktree.ts'
import { visible } from '../../printable.ts'
import { agree, canAsk } from '../asking/agree.ts'
import { Flags } from '../oclif.ts'
import { note } from '../output/output-mode.ts'
import { sizeOf } from '../output/size-of.ts'

/** Flags of the commands that make a worktree ready for work. */
export const setUpFlags = {
  setup: Flags.boolean({ default: true, allowNo: true, description: 'run the set-up commands; the default' }),
  trust: Flags.boolean({ description: 'agree to the repository’s set-up commands as they are now' }),
  submodules: Flags.boolean({
    allowNo: true,
    description: 'check out submodules too; as configured unless given',
  }),
}

/** What the flags say, with everything that is to be read by people on standard error. */
export function setUpOptions(flags: {
  setup: boolean
  trust: boolean
  submodules?: boolean | undefined
  json: boolean
}): SetUpOptions {
  return {
    setup: flags.setup,
    trust: flags.trust,
    ...(flags.submodules === undefined ? {} : { submodules: flags.submodules }),
    ask: canAsk() && !flags.json ? askForTrust : null,
    onCommand: (command) => note(`$ ${visible(command)}\n`),
    onOutput: (piece) => note(piece),
  }
}

function askForTrust(commands: readonly string[], file: string): Promise<boolean> {
  const listed = commands.map((command) => `  ${visible(command)}\n`).join('')
  process.stderr.write(`${visible(file)} has set-up commands that you have not agreed to:\n${listed}`)
  return agree('Run them here, now and in future worktrees of this repository?')
}

const counted = (count: number, what: string) =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`

/** What is said of a worktree that was made ready, besides where it is. */
export function setUpLines({ lacksPort, copied, submodules, skipped }: SetUp): string[] {
  const lines: string[] = []
  if (lacksPort) lines.push('Note: it has no port: other worktrees have all of worktrees.ports.')
  if (copied) {
    const { files, bytes, kept, left } = copied
    const said = [`${counted(files, 'ignored file')} copied (${sizeOf(bytes)})`]
    if (kept > 0) said.push(`${counted(kept, 'path')} there already`)
    if (left.length > 0) said.push(`${left.length} left out (${visible(left[0]!.path)}: ${left[0]!.why})`)
    lines.push(`Note: ${said.join(', ')}.`)
  }
  if (submodules.length > 0) {
    lines.push(`Note: ${counted(submodules.length, 'submodule')} checked out.`)
  }
  if (skipped.length > 0) lines.push(`Note: ${counted(skipped.length, 'set-up command')} not run.`)
  return lines
}

/** Whether anything was done to make it ready. */
export const wasSetUp = ({ ran, copied, submodules }: SetUp): boolean =>
  ran.length + submodules.length + (copied?.files ?? 0) > 0

/** The same for programs. */
export const setUpJson = (setUp: SetUp | null) => ({
  port: setUp?.port ?? null,
  copied: setUp?.copied ?? null,
  submodules: setUp?.submodules ?? [],
  set_up: { ran: setUp?.ran ?? [], skipped: setUp?.skipped ?? [] },
})
