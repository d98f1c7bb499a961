declare module 'mhv:commands' {
  import type { MhvCommandClass } from './base-command.ts'
  /** Every file below commands/, by its oclif id; made at build time from the folder. */
  export const LOADERS: Readonly<Record<string, () => Promise<{ default: MhvCommandClass }>>>

  /** Every file in hooks/, by the name of the git hook. */
  export const HOOKS: Readonly<
    Record<string, () => Promise<{ default: import('./gating/run-hook.ts').Hook }>>
  >
}
