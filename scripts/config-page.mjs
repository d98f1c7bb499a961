import { loadSource } from './load-source.mjs'

const KINDS = { string: 'text', boolean: 'true or false', null: 'null' }

/** What a value is, in words. */
function typeOf(part) {
  if (part.anyOf && !part.type) return part.anyOf.map(typeOf).join(' or ')
  if (part.enum) return part.enum.map((value) => `\`${value}\``).join(', ')
  if (part.type === 'array') return part.items.properties ? 'list of sections' : `list: ${typeOf(part.items)}`
  if (part.type === 'object') return part.properties ? 'section' : 'names with values'
  if (part.type !== 'integer' && part.type !== 'number') return KINDS[part.type] ?? 'any'
  const { minimum, maximum } = part
  return `${part.type === 'integer' ? 'whole number' : 'number'} ${minimum}–${maximum}`
}

const code = (text) => `\`${text.replaceAll('|', '\\|')}\``

const isNothing = (value) => typeof value === 'object' && value !== null && Object.keys(value).length === 0

function row({ key, part, isRequired }, written, isUserOnly) {
  const unset = isRequired ? 'has to be given' : 'none'
  const value = part.default === undefined || isNothing(part.default) ? unset : code(written(part.default))
  const example = part.examples ? code(written(part.examples[0])) : ''
  const whose = isUserOnly ? '; from your own file only' : ''
  return `| \`${key}\` | ${typeOf(part)} | ${value} | ${part.description.replaceAll('|', '\\|')}${whose} | ${example} |\n`
}

const INTRODUCTION = `# Configuration

Made from \`schemas/config.ts\` by \`npm run docs\`.

A repository’s file stands in its top directory and is committed: \`.mhvrc.yaml\`, or \`.mhvrc\`, \`.mhvrc.json\`,
\`mhv.config.yaml\`, \`mhv.config.js\` and the like, or "mhv" in \`package.json\`; the first that is there counts. Your own is
\`config.yaml\` in \`~/.config/mhv\`. What the repository says counts before what you say, section by section, and that
before the defaults; a list comes whole from one file.

\`\`\`sh
mhv config list                          # every value that holds, and the file that says so
mhv config get gating.jobs               # one value alone
mhv config set gating.jobs 8             # in the repository’s file, or --user in your own
mhv config set 'gates[0]' '{name: lint, command: npm run lint}'   # lists and sections as YAML or JSON
mhv config set aliases.mine 'task list --assignee me'   # then: mhv mine --status all
mhv config unset gating.jobs
mhv config edit --user                   # in your editor; what is wrong is kept apart, for --resume
mhv config path                          # which files count, and which would be written
\`\`\`

OWN are read from your own file only, where \`mhv config set\` puts them. A repository’s file with either
is refused: by aliases it would choose what your commands do. An alias stands for a command with its words and flags,
quotes hold words together, and more words may follow; it may begin with another alias, and cannot hide a command.
\`mhv help\` lists them.
`

/** docs/config.md: every key of the schema with its type, default, meaning and an example. */
export async function configPage() {
  const { configKeys } = await loadSource('schemas/config-keys.ts')
  const { USER_ONLY } = await loadSource('schemas/terminal-config.ts')
  const { written } = await loadSource('src/config/explain-faults.ts')
  const keys = configKeys().filter(({ key }) => !key.startsWith('$'))
  const sections = keys.filter(({ key }) => !/[.[]/.test(key))
  const pages = sections.map(({ key: name, part }) => {
    const within = keys.filter(({ key }) => key.startsWith(`${name}.`) || key.startsWith(`${name}[`))
    const isUserOnly = USER_ONLY.includes(name)
    const rows = within.map((key) => row(key, written, isUserOnly)).join('')
    const head = '| key | value | default | what it says | example |\n| --- | --- | --- | --- | --- |\n'
    return `## ${name}\n\n${part.description[0].toUpperCase()}${part.description.slice(1)}${isUserOnly ? ', from your own file only' : ''}.\n\n${head}${rows}`
  })
  const own = USER_ONLY.map((name) => `\`${name}\``).join(' and ')
  return `${INTRODUCTION.replace('OWN', own)}\n${pages.join('\n')}`
}
