import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const PEERS = join(import.meta.dirname, '..', 'peers', 'node_modules')

/** Installs Husky as its own `husky` command does. */
export function husky(demo: string): void {
  const load = `import('${PEERS}/husky/index.js').then((m) => { const e = m.default(); if (e) throw Error(e) })`
  execFileSync(process.execPath, ['-e', load], { cwd: demo })
}

/** Runs lefthook. */
export function lefthook(demo: string, ...args: string[]): void {
  const program = join(PEERS, 'lefthook', 'bin', 'index.js')
  execFileSync(process.execPath, [program, ...args], { cwd: demo, stdio: 'pipe' })
}
