// Writes what in docs/ is made from the code: commands.md from the manifest of the last build, the list and the pages of
// errors, config.md and the JSON schemas from the schemas, ui.md from the table of keys; the list of man pages in package.json;
// and the session in README.md, which is run.
// `--check` fails when a file is not what it would write.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandsMarkdown, manPages } from './command-pages.mjs'
import { root } from './commands-module.mjs'
import { configPage } from './config-page.mjs'
import { loadSource } from './load-source.mjs'
import { lasting, recordSession } from './session.mjs'
import { uiPage } from './ui-page.mjs'

const MEANING = {
  1: 'refused or failed',
  2: 'wrong usage or bad input',
  3: 'a quality gate failed',
  4: 'contention not resolved in time',
}

/** A page that says more about an error: another one, or what a command prints. */
const link = (other) => (other.startsWith('mhv ') ? `\`${other}\`` : `[${other}](${other}.md)`)

function errorPage(name, { code, exit, title, recovery }, { why, kept, see, helps }) {
  return `# ${code} ${name}

${title}

## Why

${why}

## What was changed

${kept} The program ended with exit code ${exit}: ${MEANING[exit]}.

## What helps

\`\`\`sh
${(helps ?? recovery).join('\n')}
\`\`\`

${helps ? 'Words in capitals stand for what the error names. ' : ''}The error itself may name steps that fit its own case better.

See also: ${see.map(link).join(', ')}
`
}

/** The list of all errors, and a page for each. */
async function errorPages() {
  const [{ ERRORS }, { ERROR_PAGES }] = await Promise.all([
    loadSource('src/error-table.ts'),
    loadSource('src/error-pages/error-pages.ts'),
  ])
  const all = Object.entries(ERRORS)
  const rows = all.map(
    ([name, { code, exit, title }]) => `| ${code} | [${name}](errors/${name}.md) | ${exit} | ${title} |\n`,
  )
  const list = `# Errors\n\nMade from \`src/error-table.ts\` and \`src/error-pages/\` by \`npm run docs\`. \`mhv explain NAME\` prints the same page, \`mhv explain\` this list. \`--debug\`, or \`MHV_DEBUG=1\`, adds to any error what caused it; \`mhv bug\` collects what a report of a bug needs, without secrets.\n\n| code | name | exit | meaning |\n|---|---|---|---|\n${rows.join('')}`
  const pages = all.map(([name, entry]) => [`errors/${name}.md`, errorPage(name, entry, ERROR_PAGES[name])])
  return { 'errors.md': list, ...Object.fromEntries(pages) }
}

async function eventSchema() {
  const { eventJsonSchema } = await loadSource('schemas/json-schema.ts')
  return `${JSON.stringify(eventJsonSchema(), null, 2)}\n`
}

const { configJsonSchema, reposJsonSchema } = await loadSource('schemas/json-schema.ts')
const isCheck = process.argv.includes('--check')
const outOfDate = (what) => new Error(`${what} is out of date: npm run docs`)

const manifest = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))
const pages = {
  'commands.md': commandsMarkdown(manifest),
  ...(await errorPages()),
  'event.schema.json': await eventSchema(),
  'config.md': await configPage(),
  'config.schema.json': `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
  'ui.md': await uiPage(),
  'repos.schema.json': `${JSON.stringify(reposJsonSchema(), null, 2)}\n`,
}
mkdirSync(join(root, 'docs', 'errors'), { recursive: true })
for (const name of readdirSync(join(root, 'docs', 'errors'))) {
  if (`errors/${name}` in pages) continue
  if (isCheck) throw new Error(`docs/errors/${name} is of no error: npm run docs`)
  rmSync(join(root, 'docs', 'errors', name))
}
for (const [name, content] of Object.entries(pages)) {
  const file = join(root, 'docs', name)
  if (!isCheck) writeFileSync(file, content)
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== content) throw outOfDate(`docs/${name}`)
}

// npm installs the pages that package.json names one by one, and not those of a directory.
const packageFile = join(root, 'package.json')
const packed = JSON.parse(readFileSync(packageFile, 'utf8'))
const man = Object.keys(manPages(manifest, packed.oclif, packed.version)).map((name) => `dist/man/${name}`)
if (JSON.stringify(packed.man) !== JSON.stringify(man)) {
  if (isCheck) throw outOfDate('The list of man pages in package.json')
  writeFileSync(packageFile, `${JSON.stringify({ ...packed, man }, null, 2)}\n`)
}

const readme = join(root, 'README.md')
const BLOCK = /(?<=<!-- session: npm run docs -->\n```\n)[\s\S]*?(?=\n```)/
const shown = BLOCK.exec(readFileSync(readme, 'utf8'))?.[0] ?? ''
const session = recordSession()
if (lasting(shown) !== lasting(session)) {
  if (isCheck) throw outOfDate('The session in README.md')
  writeFileSync(
    readme,
    readFileSync(readme, 'utf8').replace(BLOCK, () => session),
  )
}
