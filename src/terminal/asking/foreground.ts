import { type SpawnSyncReturns, spawnSync } from 'node:child_process'

const LEFT_TO_THE_CHILD = ['SIGINT', 'SIGHUP'] as const
const stay = () => {}

/**
 * Runs a line of the user's in a POSIX shell that has the terminal to itself, and waits. What a terminal sends to end a
 * program is the child's to answer: this process goes on, and tidies up.
 * @param parameters what the line has as `$1` and so on, so that nothing of it is taken for code
 */
export function inForeground(
  line: string,
  parameters: readonly string[],
  { cwd, env }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): SpawnSyncReturns<Buffer> {
  for (const signal of LEFT_TO_THE_CHILD) process.on(signal, stay)
  try {
    return spawnSync('sh', ['-c', line, 'sh', ...parameters], { stdio: 'inherit', cwd, env })
  } finally {
    for (const signal of LEFT_TO_THE_CHILD) process.off(signal, stay)
  }
}
