// Writes what in docs/ is made from the code: commands.md from the manifest of the last build, errors.md from the table of
// errors, config.md and the JSON schemas from the schemas; and the session in README.md, which is run.
// `--check` fails when a file is not what it would write.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandsMarkdown } from './command-pages.mjs'
import { root } from './commands-module.mjs'
import { configPage } from './config-page.mjs'
import { loadSource } from './load-source.mjs'
import { lasting, recordSession } from './session.mjs'

const MEANING = {
  1: 'refused or failed',
  2: 'wrong usage or bad input',
  3: 'a quality gate failed',
  4: 'contention not resolved in time',
}

async function errorsPage() {
  const { ERRORS } = await loadSource('src/error-table.ts')
  const sections = Object.entries(ERRORS).map(
    ([name, { code, exit, title, recovery }]) =>
      `## ${code} ${name}\n\n${title}\n\nExit code ${exit} (${MEANING[exit]}). What helps:\n\n\`\`\`sh\n${recovery.join('\n')}\n\`\`\`\n`,
  )
  return `# Errors\n\nMade from \`src/error-table.ts\` by \`npm run docs\`. \`mhv explain NAME\` prints the same. An error names steps that fit its own case; those below are the general ones.\n\n${sections.join('\n')}`
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
  'errors.md': await errorsPage(),
  'event.schema.json': await eventSchema(),
  'config.md': await configPage(),
  'config.schema.json': `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
  'repos.schema.json': `${JSON.stringify(reposJsonSchema(), null, 2)}\n`,
}
for (const [name, content] of Object.entries(pages)) {
  const file = join(root, 'docs', name)
  if (!isCheck) writeFileSync(file, content)
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== content) throw outOfDate(`docs/${name}`)
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
