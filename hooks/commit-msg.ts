import { addTrailer } from '../src/add-trailer.ts'
import { loadConfig } from '../src/config/load-config.ts'
import type { HookCall } from '../src/terminal/gating/run-hook.ts'

/** Says in the message of a commit on a task's branch which task it is about. */
export default async function commitMsg({ repository, args }: HookCall): Promise<boolean> {
  const [file] = args
  const { config } = await loadConfig(repository.workTree)
  if (file !== undefined && config.hooks.trailer) await addTrailer(repository, file)
  return true
}
