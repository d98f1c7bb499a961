/** Commands whose answer is written piece by piece, and may be longer than a screen. None of them asks anything. */
const PAGED: readonly string[] = [
  'audit',
  'bug',
  'config:get',
  'config:list',
  'conflicts',
  'doctor',
  'explain',
  'gate:verify',
  'hooks:status',
  'next',
  'predict',
  'preflight',
  'repos:check',
  'repos:list',
  'status',
  'worktree:list',
]

/** What a program reads, or a file is made of. */
const FOR_PROGRAMS = /^--(?:json|format|export)(?:=|$)/

/** Whether what a command writes for a command line is for people to read at their leisure. */
export const isPagedCall = (id: string, argv: readonly string[]): boolean =>
  PAGED.includes(id) && !argv.some((word) => FOR_PROGRAMS.test(word))
