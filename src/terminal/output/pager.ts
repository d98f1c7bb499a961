import { spawn } from 'node:child_process'
import { git } from '../../git/run.ts'

/** What says that nothing is to be paged. */
const NONE = ['', 'cat']

/** The pager that is wanted: our own setting, else what git takes (GIT_PAGER, core.pager, PAGER, less). */
async function chosenPager(): Promise<string> {
  const { MHV_PAGER } = process.env
  if (MHV_PAGER !== undefined) return MHV_PAGER
  // With this process's own environment: it is the user's git that is asked, wherever its settings come from.
  return git(['var', 'GIT_PAGER'], { cwd: process.cwd(), environment: process.env }).catch(() => 'less')
}

const stay = () => {}

/**
 * Shows a text in the pager, and waits for its end. A setting of a pager is a shell command by git's rules. Leaving it early
 * is no failure, and Ctrl-C is the pager's to answer.
 * @returns whether there is one that could be started
 */
export async function throughPager(text: string | Buffer): Promise<boolean> {
  const pager = await chosenPager()
  if (NONE.includes(pager.trim())) return false
  process.on('SIGINT', stay)
  try {
    const child = spawn('sh', ['-c', pager], {
      stdio: ['pipe', 'inherit', 'inherit'],
      // Colours as they are, nothing where all fits on the screen, and what was seen stays there: git's defaults.
      env: { LESS: 'FRX', LV: '-c', ...process.env },
    })
    // Whoever has seen enough closes it.
    child.stdin.on('error', stay)
    child.stdin.end(text)
    const code = await new Promise<number | null>((resolve) => {
      child.on('error', () => resolve(127))
      child.on('close', resolve)
    })
    // The shell found no such program: then the answer has not been shown.
    return code !== 127 && code !== 126
  } finally {
    process.off('SIGINT', stay)
  }
}
