import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { onTestFinished } from 'vitest'

export const isRoot = process.getuid?.() === 0

/** Mounts something for the time of a test; false, with the reason printed, where that is not allowed. */
export function mounted(at: string, ...args: string[]): boolean {
  mkdirSync(at, { recursive: true })
  try {
    if (!isRoot) throw new Error('not root')
    execFileSync('mount', [...args, at], { stdio: 'pipe' })
  } catch (error) {
    console.warn(`SKIPPED: cannot mount at ${at}: ${String(error).split('\n')[0]}`)
    return false
  }
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', at])
  })
  return true
}
