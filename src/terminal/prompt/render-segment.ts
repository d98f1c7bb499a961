import { harmless } from '../../printable.ts'
import type { Template } from '../output/read-template.ts'
import { writeRecord } from '../output/write-record.ts'
import { cutLine, widthAtMost } from '../palette/cut-line.ts'
import { FIELDS, type Segment } from './segment.ts'

/** Shells whose prompts are known; only zsh reads more in one than what it shows. */
export const PROMPT_SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const

/**
 * A segment as a template has it. Where that asks for no widths, what is empty leaves no blank behind. Widths are measured
 * without the tables that other commands load for them, which would take longer than all the rest.
 * @param shell whose prompt it is for: zsh would take `%` in a title for something of its own
 */
export function renderSegment(segment: Segment, template: Template, shell: string | undefined): string {
  const record = Object.fromEntries(FIELDS.map((field) => [field, harmless(String(segment[field]))]))
  const text = writeRecord(template, record, cutLine, widthAtMost)
  const line = template.hasWidths ? text.replace(/\n$/, '') : text.replace(/ {2,}/g, ' ').trim()
  return shell === 'zsh' ? line.replaceAll('%', '%%') : line
}
