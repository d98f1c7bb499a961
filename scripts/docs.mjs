// Writes docs/errors.md from the table of errors; `--check` fails when the file is not what it would write.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './commands-module.mjs'

const { outputFiles } = await build({
  entryPoints: [join(root, 'src/errors.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
})
const { ERRORS } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
)
const MEANING = {
  1: 'refused or failed',
  2: 'wrong usage or bad input',
  3: 'a quality gate failed',
  4: 'contention not resolved in time',
}
const sections = Object.entries(ERRORS).map(
  ([name, { code, exit, title, recovery }]) =>
    `## ${code} ${name}\n\n${title}\n\nExit code ${exit} (${MEANING[exit]}). What helps:\n\n\`\`\`sh\n${recovery.join('\n')}\n\`\`\`\n`,
)
const page = `# Errors\n\nMade from \`src/errors.ts\` by \`npm run docs\`. \`mhv explain NAME\` prints the same. An error names steps that fit its own case; those below are the general ones.\n\n${sections.join('\n')}`
const file = join(root, 'docs', 'errors.md')
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== page) throw new Error('docs/errors.md is out of date: npm run docs')
} else writeFileSync(file, page)
