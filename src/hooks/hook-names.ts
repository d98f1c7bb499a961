/** Hooks that do something of our own. */
export const HANDLED = [
  'pre-commit',
  'commit-msg',
  'pre-push',
  'post-merge',
  'post-rewrite',
  'post-checkout',
] as const
export type HandledHook = (typeof HANDLED)[number]

export const isHandled = (name: string): name is HandledHook => HANDLED.some((hook) => hook === name)

/**
 * Hooks that are passed on where our directory stands in front of another, whether that has them now or not: a hook
 * manager may add one any day, and git sees ours alone.
 */
export const PASSED_ON = [
  'applypatch-msg',
  'pre-applypatch',
  'post-applypatch',
  'pre-merge-commit',
  'prepare-commit-msg',
  'post-commit',
  'pre-rebase',
  'pre-auto-gc',
  'sendemail-validate',
] as const

/**
 * Hooks that are passed on only where there is one already. Some run at every move of a ref or write of the index; of
 * others the mere presence changes what git does, as push-to-checkout, which then has to check out by itself.
 */
export const PASSED_ON_IF_THERE = [
  'reference-transaction',
  'post-index-change',
  'push-to-checkout',
  'pre-receive',
  'update',
  'proc-receive',
  'post-receive',
  'post-update',
  'p4-changelist',
  'p4-prepare-changelist',
  'p4-post-changelist',
  'p4-pre-submit',
] as const
