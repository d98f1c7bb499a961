import { harmless } from '../../printable.ts'
import type { Segment } from './segment.ts'

/** Shells whose prompts are known; only zsh reads more in one than what it shows. */
export const PROMPT_SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const

/**
 * A segment as a format says, where what is empty leaves no blank behind.
 * @param format `{number}`, `{title}` … stand for fields
 * @param shell whose prompt it is for: zsh would take `%` in a title for something of its own
 */
export function renderSegment(segment: Segment, format: string, shell: string | undefined): string {
  const text = format.replace(/\{(\w+)\}/g, (_, name: keyof Segment) => String(segment[name]))
  const line = harmless(text).replace(/ {2,}/g, ' ').trim()
  return shell === 'zsh' ? line.replaceAll('%', '%%') : line
}
