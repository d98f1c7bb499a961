import { writeWhole } from '../../write-whole.ts'
import { readTemplate, type Template } from '../output/read-template.ts'
import { PROMPT_SHELLS, renderSegment } from './render-segment.ts'
import { DEFAULT_FORMAT, FIELDS, segmentAround } from './segment.ts'

interface PromptFlags {
  readonly template: Template
  readonly shell: string | undefined
}

/** `--name value` and `--name=value`; null for what the whole program has to look at. */
function readFlags(argv: readonly string[]): PromptFlags | null {
  const given = new Map<string, string>()
  const words = argv.flatMap((word) => (word.startsWith('--') ? word.split(/=(.*)/s, 2) : [word]))
  for (let at = 0; at < words.length; at += 2) {
    const [name, value] = [words[at]!, words[at + 1]]
    if (!['--format', '--shell'].includes(name) || !value || given.has(name)) return null
    given.set(name, value)
  }
  const template = readTemplate(given.get('--format') ?? DEFAULT_FORMAT, FIELDS)
  const shell = given.get('--shell')
  const isKnown = shell === undefined || (PROMPT_SHELLS as readonly string[]).includes(shell)
  return isKnown && !('fault' in template) ? { template, shell } : null
}

/**
 * Prints the segment of a prompt, or nothing. Quiet, whatever happens: it runs after every command.
 * @param argv `prompt` and its flags
 * @returns false where the flags are not plain, and the whole program has to answer
 */
export function main([, ...argv]: readonly string[]): boolean {
  const flags = readFlags(argv)
  if (!flags) return false
  try {
    const segment = segmentAround(process.cwd())
    const line = segment ? renderSegment(segment, flags.template, flags.shell) : ''
    if (line.trim()) writeWhole(1, `${line}\n`)
  } catch {
    // Nothing is known here, then.
  }
  return true
}
