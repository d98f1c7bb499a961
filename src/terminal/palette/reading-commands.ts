/** Commands that change nothing, whatever flags they are given. */
const READING: readonly string[] = [
  'config:get',
  'config:list',
  'config:path',
  'current',
  'explain',
  'graph',
  'hooks:status',
  'model:status',
  'next',
  'patterns',
  'plan',
  'predict',
  'preflight',
  'prompt',
  'repos:check',
  'repos:list',
  'status',
  'task:history',
  'task:list',
  'task:ready',
  'task:search',
  'task:show',
  'ui',
  'version',
  'worktree:list',
]

/** Whether a command can be repeated without a thought; of one that is not known here, nobody can say so. */
export const onlyReads = (id: string): boolean => READING.includes(id)
