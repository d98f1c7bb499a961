// The commands as pages, from what they say of themselves: one Markdown file for the documentation, a man page for each.

const bin = 'mhv'
const typed = (id) => id.replaceAll(':', ' ')
const topicOf = (id) => (id.includes(':') ? id.split(':')[0] : '')
const byName = ([a], [b]) => (a < b ? -1 : 1)

/** Commands that people may find, in order. */
export const shownCommands = ({ commands }) =>
  Object.entries(commands)
    .filter(([, { hidden }]) => !hidden)
    .sort(byName)

const wordOf = (command, { name, required, multiple }, isLast) => {
  const word = `${name.toUpperCase()}${multiple || (command.strict === false && isLast) ? '...' : ''}`
  return required ? word : `[${word}]`
}

/** The arguments and the flags that have to be given. */
function usageOf(id, command) {
  const args = Object.values(command.args)
  const words = args.map((arg, i) => wordOf(command, arg, i === args.length - 1))
  const required = Object.values(command.flags).filter((flag) => flag.required)
  return [bin, typed(id), ...words, ...required.map(({ name }) => `--${name} VALUE`), '[FLAGS]'].join(' ')
}

/** A flag as it is typed: its short form, both forms of a switch, what a value is. */
function flagForms({ char, name, type, allowNo, helpValue }) {
  const long = allowNo ? `--[no-]${name}` : `--${name}`
  const value =
    type === 'option'
      ? ` ${String(helpValue ?? name)
          .toUpperCase()
          .replace(/[<>]/g, '')}`
      : ''
  return `${char ? `-${char}, ` : ''}${long}${value}`
}

const flagMeaning = ({ description = '', options }) =>
  options ? `${description} (${options.join(', ')})` : description

/** Flags of the command itself before those that others have too. */
const flagsOf = (command) =>
  Object.values(command.flags)
    .filter(({ hidden }) => !hidden)
    .sort((a, b) => (a.helpGroup ?? '').localeCompare(b.helpGroup ?? '') || (a.name < b.name ? -1 : 1))

const otherForms = (command) => (command.aliases ?? []).map((alias) => `${bin} ${typed(alias)}`)

const cell = (text) => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')

function commandSection([id, command]) {
  const args = Object.values(command.args).filter(({ description }) => description)
  const flags = flagsOf(command)
  const rows = [
    ...args.map(({ name, description }) => [`\`${name.toUpperCase()}\``, description]),
    ...flags.map((flag) => [`\`${flagForms(flag)}\``, flagMeaning(flag)]),
  ]
  const forms = otherForms(command)
  return [
    `### ${bin} ${typed(id)}`,
    command.summary,
    `\`\`\`\n${usageOf(id, command)}\n\`\`\``,
    ...(forms.length > 0 ? [`Also ${forms.map((form) => `\`${form}\``).join(', ')}.`] : []),
    ...(command.description ? [command.description] : []),
    ...(rows.length > 0
      ? [
          ['| | |', '|---|---|', ...rows.map(([word, text]) => `| ${cell(word)} | ${cell(text)} |`)].join(
            '\n',
          ),
        ]
      : []),
    ...(command.examples?.length > 0 ? [`\`\`\`sh\n${command.examples.join('\n')}\n\`\`\``] : []),
  ].join('\n\n')
}

/** All commands as one page of Markdown. */
export function commandsMarkdown(manifest) {
  const commands = shownCommands(manifest)
  const index = commands.map(
    ([id, { summary }]) =>
      `| [\`${bin} ${typed(id)}\`](#${bin}-${id.replaceAll(':', '-')}) | ${cell(summary)} |`,
  )
  const forms = shortForms(manifest).map(
    ([form, id]) =>
      `| \`${bin} ${typed(form)}\` | [\`${bin} ${typed(id)}\`](#${bin}-${id.replaceAll(':', '-')}) |`,
  )
  return `# Commands

Made from the commands by \`npm run docs\`; \`mhv COMMAND --help\` prints the same, and so does \`man mhv-COMMAND\` where the
package's man pages are installed.

| command | |
|---|---|
${index.join('\n')}

## Short forms

| typed | stands for |
|---|---|
${forms.join('\n')}

## Each command

${commands.map(commandSection).join('\n\n')}
`
}

/** Other words for commands with the command that each stands for, in order. */
export const shortForms = (manifest) =>
  shownCommands(manifest)
    .flatMap(([id, { aliases = [] }]) => aliases.map((form) => [form, id]))
    .sort(byName)

/** A text for a man page: nothing in it is a request or an escape. */
const roff = (text) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1')

const paragraphs = (text) =>
  text
    .split(/\n{2,}/)
    .map((part) => roff(part))
    .join('\n.PP\n')
const listed = (entries) =>
  entries.map(([word, text]) => `.TP\n.B ${roff(word)}\n${roff(text.replace(/\s*\n\s*/g, ' '))}`).join('\n')
const section = (name, body) => (body === '' ? '' : `.SH ${name}\n${body}\n`)
const heading = (name, version) => `.TH ${name.toUpperCase()} 1 "" "${bin} ${version}" "${bin}"\n`

const EXIT = [
  ['0', 'What was asked is done.'],
  ['1', 'Refused or failed.'],
  ['2', 'Wrong usage or bad input.'],
  ['3', 'A quality gate failed.'],
  ['4', 'Other writers did not make room in time.'],
]
const ENVIRONMENT = [
  ['MHV_REPOS', 'The list of repositories (repos.yaml), before the nearest one upward.'],
  ['MHV_NOW', 'The time that counts as now, in ISO 8601; for tests and replays.'],
  ['MHV_QUIET', '1: the answer alone, as --quiet.'],
  ['MHV_VERBOSE', '1: what is done is said, as by --verbose.'],
  ['MHV_PAGER', 'What long answers go through, before GIT_PAGER; cat for none.'],
  ['MHV_DATES', 'iso: exact dates everywhere; relative: how far they are, in pipes too.'],
  ['FORCE_HYPERLINK', '1: links also where the terminal is not known to show them.'],
  ['MHV_PLAIN', '1: lines that are read well aloud; no colours, drawings or movement.'],
  ['MHV_DEBUG', '1: errors are shown with what caused them.'],
  ['NO_COLOR', 'No colours.'],
  [
    'XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME',
    'Where your configuration, what is remembered and caches are.',
  ],
]

/** The file of the page of a command, or of another word for one. */
const pageOf = (id) => `${bin}-${id.replaceAll(':', '-')}.1`

function commandPage([id, command], version) {
  const name = `${bin}-${id.replaceAll(':', '-')}`
  const args = Object.values(command.args).map(({ name: arg, description = '' }) => [
    arg.toUpperCase(),
    description,
  ])
  const flags = flagsOf(command).map((flag) => [flagForms(flag), flagMeaning(flag)])
  const forms = otherForms(command)
  return [
    heading(name, version),
    section('NAME', `${roff(name)} \\- ${roff(command.summary)}`),
    section(
      'SYNOPSIS',
      [usageOf(id, command), ...forms.map((form) => `${form} …`)].map(roff).join('\n.br\n'),
    ),
    section('DESCRIPTION', command.description ? paragraphs(command.description) : ''),
    section('ARGUMENTS', listed(args)),
    section('OPTIONS', listed(flags)),
    section('EXAMPLES', (command.examples ?? []).map((line) => `.EX\n${roff(line)}\n.EE`).join('\n')),
    section('EXIT STATUS', listed(EXIT)),
    section('SEE ALSO', `.BR ${bin} (1)`),
  ].join('')
}

/**
 * A man page for the program and one for each command, also under its short forms.
 * @returns their texts by file name
 */
export function manPages(manifest, { description, topics }, version) {
  const commands = shownCommands(manifest)
  const groups = [...new Set(commands.map(([id]) => topicOf(id)))].sort()
  const list = groups.map((topic) => {
    const about = topic === '' ? 'In general' : `${topic}: ${topics[topic]?.description ?? ''}`
    const own = commands.filter(([id]) => topicOf(id) === topic)
    return `.SS ${roff(about)}\n${listed(own.map(([id, { summary }]) => [`${bin} ${typed(id)}`, summary]))}`
  })
  const pages = commands.map(([id]) => `.BR ${bin}\\-${roff(id.replaceAll(':', '-'))} (1)`)
  const main = [
    heading(bin, version),
    section('NAME', `${bin} \\- tasks of development that live in the git repository they are about`),
    section('SYNOPSIS', `${roff(`${bin} [-C DIRECTORY] COMMAND [ARGUMENTS] [FLAGS]`)}`),
    section('DESCRIPTION', paragraphs(description)),
    section('COMMANDS', list.join('\n')),
    section(
      'SHORT FORMS',
      listed(shortForms(manifest).map(([form, id]) => [`${bin} ${typed(form)}`, `${bin} ${typed(id)}`])),
    ),
    section('ENVIRONMENT', listed(ENVIRONMENT)),
    section('EXIT STATUS', listed(EXIT)),
    section('SEE ALSO', `${pages.join(',\n')},\n.BR git (1)`),
  ].join('')
  const others = commands.map((command) => [pageOf(command[0]), commandPage(command, version)])
  // Read in place of the page of a short form.
  const forms = shortForms(manifest).map(([form, id]) => [pageOf(form), `.so man1/${pageOf(id)}\n`])
  return Object.fromEntries([[`${bin}.1`, main], ...forms, ...others])
}
