declare module 'mhv:commands' {
  import type { MhvCommandClass } from './base-command.ts'
  /** Every file below commands/, by its oclif id; made at build time from the folder. */
  export const LOADERS: Readonly<Record<string, () => Promise<{ default: MhvCommandClass }>>>
}
