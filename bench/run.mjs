// All benchmarks, or with --only some of them: startup, completion, palette, ui, read, create, in-process, indexing, import, packs, gates, start, plan, federation, url-federation, sync, merge, vectors, intent, insight, search.

import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { options } from './options.mjs'

const PARTS = [
  'startup',
  'completion',
  'read',
  'palette',
  'ui',
  'create',
  'in-process',
  'indexing',
  'import',
  'packs',
  'gates',
  'start',
  'plan',
  'federation',
  'url-federation',
  'sync',
  'merge',
  'vectors',
  'search',
  'insight',
  'intent',
]

const chosen = options()
const [cpu] = cpus()
console.log(
  `${new Date().toISOString()}: ${cpus().length} × ${cpu.model}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}, Node ${process.version}, ${execFileSync('git', ['--version']).toString().trim()}, load ${loadavg()[0].toFixed(1)}`,
)
for (const part of PARTS) {
  if (chosen.only && !chosen.only.includes(part)) continue
  const { run } = await import(`./${part}.mjs`)
  await run(chosen)
}
console.log(`\nload at the end ${loadavg()[0].toFixed(1)}`)
