/** How much each reason to take up a task counts, as long as the configuration says nothing else; free of imports. */
export const NEXT_WEIGHTS = {
  in_progress: 10,
  deadline: 3,
  priority: 3,
  unblocks: 2,
  critical_path: 1.5,
} as const

export type NextPart = keyof typeof NEXT_WEIGHTS
export type NextWeights = Readonly<Record<NextPart, number>>
