import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from '../scripts/commands-module.mjs'

export { root }
/** The built program, started as users start it. */
export const RUN = join(root, 'bin', 'run.js')
/** Seeded repositories are kept here between runs. */
export const CACHE = join(tmpdir(), 'mhv-bench')
mkdirSync(CACHE, { recursive: true })

const entry = `
export { handle } from './src/handle.ts'
export { findRepository } from './src/git/repository.ts'
export { commitFiles } from './src/git/fast-import.ts'
export { readRef } from './src/git/refs.ts'
export { openGitStore, storeDirectory, TASKS_REF } from './src/store/git-store.ts'
export { loadIndex } from './src/store/index-file.ts'
export { initialise } from './src/store/initialise.ts'
export { mergeTips } from './src/store/merge-tips.ts'
export { canonicalEvent, readTaskFile, renderTaskFile } from './src/store/task-file.ts'
export { taskPath } from './src/store/task-path.ts'
export { fold } from './src/tasks/fold.ts'
export { seal } from './src/tasks/seal.ts'
export { filterTasks } from './src/query/filter.ts'
export { onlyPlace } from './src/query/place.ts'
export { sortTasks } from './src/query/sort.ts'
export { conceptsOf } from './src/search/concepts.ts'
export { corpusOf } from './src/search/corpus.ts'
export { ranked } from './src/search/feedback.ts'
export { lexicalScores, rarity } from './src/search/lexical-scores.ts'
export { phrasesIn } from './src/search/phrases.ts'
export { encodeSegment, openSegment } from './src/search/segment.ts'
export { termCounts } from './src/search/task-terms.ts'
export { THESAURUS_LINES } from './src/search/thesaurus-lines.ts'
export { tokens } from './src/search/tokens.ts'
export { nearest, quantise } from './src/search/vectors.ts'
export { foundAt, openSearch, searchTasks } from './src/searching/search-tasks.ts'
export { taskRows, DEFAULT_COLUMNS } from './src/terminal/listing/task-table.ts'
export { taskDocuments } from './src/terminal/task/task-json.ts'
export * from './src/insight/back-test.ts'
export { judged } from './src/insight/forecast.ts'
export { LEAST_CONFIDENCE } from './src/insight/suggest-links.ts'
export { newIds } from './src/terminal/task/new-ids.ts'
`

/**
 * The program's own modules, for what is measured without starting a process: bundled from src as the build does it,
 * into a file beside the seeds. Threads are the built ones, as in the real program.
 */
export async function loadProgram() {
  const outfile = join(CACHE, `program-${process.pid}.mjs`)
  await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: {
      js: `import { createRequire as __c } from 'node:module'; const require = __c(${JSON.stringify(pathToFileURL(join(root, 'package.json')).href)});`,
    },
    define: { 'import.meta.dirname': JSON.stringify(join(root, 'dist')) },
    logLevel: 'warning',
  })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    const { rmSync } = await import('node:fs')
    rmSync(outfile, { force: true })
  }
}
