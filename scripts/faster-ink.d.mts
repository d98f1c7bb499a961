import type { Plugin } from 'esbuild'

export const CHANGES: readonly {
  readonly file: RegExp
  readonly was: string
  readonly is: string
  readonly added?: string
}[]
export const fasterInk: Plugin
