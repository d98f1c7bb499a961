import { writeFileSync } from 'node:fs'

/** Tells the shell function of `mhv shell-init` where to go; without it there is nobody to tell. */
export function goTo(directory: string): void {
  const file = process.env.MHV_CD_FILE
  if (!file) return
  try {
    writeFileSync(file, directory)
  } catch {
    // The command itself has done its work; the shell stays where it is.
  }
}

/** Whether the shell can be moved out of a worktree that goes: it told us where to write the directory to. */
export const canLeave = (): boolean => Boolean(process.env.MHV_CD_FILE)
