import { join } from 'node:path'
import { root } from './commands-module.mjs'
import { loadSource } from './load-source.mjs'

/** What draws is not needed to know what is drawn. */
const WITHOUT_INK = { ink: join(root, 'scripts', 'absent.cjs') }

const cell = (text) => text.replaceAll('|', '\\|')
const key = (name) => `\`${name}\``

const INTRODUCTION = `# The full-screen view

Made from \`src/terminal/ui/\` by \`npm run docs\`.

\`mhv ui\` shows the list of tasks and the task that is looked at, side by side, and does with a key what the command line
does. What it changes, it changes by the same commands, so that gates, hooks and refusals are the same, and \`u\` takes the
last one back: what one key did to several tasks at once, and a worktree that was removed comes back. It follows what other processes and \`git fetch\` change, and tells what that was.
Of several repositories, one that is missing or cannot be read is named when that comes up, and the header says \`2 of 3
repositories\` for as long as it holds; \`v\` shows what is the matter.

A question about a value that is there begins with it, selected: what is typed replaces it, an arrow or Backspace edits it.
A new task goes into the repository that the question names, or into the one that its words name by \`@\`.

\`\`\`sh
mhv ui                          # the tasks of the repository around
mhv ui --all                    # those of all repositories in repos.yaml
mhv ui --repo akosha,crackerjack
mhv ui --view board             # begins with another view
mhv ui --theme high-contrast --no-mouse
\`\`\`
`

const GATES = `## What runs

While a command runs, the rest goes on answering keys; what it prints stands beside the list. Of its gates each has its state,
the seconds that it has been running, and its last lines as they come, without colours and without what was overwritten.
When it has ended, all of that can be read: PgUp and PgDn scroll it, and where it has the focus (Enter) the arrows do. Of a
gate that has printed more than 2 MB its end is shown, and the file that has the rest is named. \`v\` brings back what the last
command said and printed, also where the bottom pane had no room for all of it. Ctrl+C ends what runs, which the header names for
as long as it does.
`

const PALETTE = `## Palette

Ctrl+K and \`:\` open what bare \`mhv\` opens in the shell: one list of commands, tasks of all repositories, worktrees and
lines that ran, which narrows with the letters that are typed. \`>\` in front leaves commands alone, \`#\` tasks, \`@\`
worktrees. A task that is chosen is gone to in the list, and what can be done with it by its status is offered; a worktree
is gone to in its view; a command is asked for what it needs, with what else it takes on offer; a command line that is
typed runs as it stands. ↑ in the empty line brings back what ran, here and in bare \`mhv\`; Tab completes; Esc goes back
one step, and from the first it closes. While a command runs it opens all the same, to find and look; another command then
waits as a line in it, until Enter finds nothing running.
`

const MOUSE = `## Mouse

An extra: everything has a key. The wheel scrolls, a click selects, in every view, and on a column’s name of the list
it sorts; the line between list
and task can be dragged. While the view has the mouse, most terminals select text with Shift held down. \`--no-mouse\`, or
\`ui.mouse: false\` in the configuration, leaves the mouse to the terminal.
`

const TERMINAL = `## What it needs of the terminal

60 columns and 12 lines, and the alternate screen, which every terminal of today has. Colours are taken as the terminal has
them: all of them with \`COLORTERM=truecolor\`, 256 with a \`TERM\` that says so, else 16; with \`NO_COLOR\` none, and weight,
inversion and signs tell apart what colours do otherwise. In a pipe, with \`TERM=dumb\` and with \`MHV_PLAIN=1\` it does not
open, and names for each view the command that tells the same line by line. Ctrl+Z leaves it to the shell, and \`fg\` comes back. However it
ends, also after an error of its own, the terminal is as it was; a signal ends what runs too, and it is said how to see what
came of that. After \`kill -9\`, or where Node itself falls, a guard that was started with the view gives the screen back, and sets the
terminal as it was unless the shell has done so; zsh and fish keep some of it for the next command, which \`stty sane\` sets
right. Gates end a moment later by themselves.
`

function themesPart(roles, { TEXT_ON, EDGE_BESIDE }, names) {
  const surfaces = Object.keys(TEXT_ON)
  const texts = surfaces.map((on) => `| ${key(on)} | ${TEXT_ON[on].map(key).join(', ')} |\n`)
  const edges = Object.entries(EDGE_BESIDE).map(
    ([role, beside]) => `${key(role)} beside ${beside.map(key).join(', ')}`,
  )
  return `## Themes

There are ${names.map(key).join(', ')}; \`auto\` goes by what the terminal tells of its
background (\`COLORFGBG\`). \`--theme\` chooses, or \`ui.theme\` in your own configuration (\`mhv config edit --user\`); a
repository’s says nothing of your screen. A theme of your own gives colours as \`#rrggbb\` to some of the ${roles.length} roles; the
others are those of the dark or the light theme, whichever has a background as bright.

\`\`\`yaml
ui:
  theme: night
  themes:
    night:
      background: '#101020'
      text: '#e0e0f0'
      accent: '#5fafff'
      selection: '#ffd75f'
      selection-text: '#101020'
\`\`\`

Text has to have a contrast of 4.5:1 to what it stands on, and edges 3:1 to what they lie beside: those of the program are
tested for it, and for one of your own it is said when the view opens which pair has less. Where the terminal tells of fewer
colours, a theme is shown in the nearest ones that can be read, and of one of your own that is said.

| on | text |
| --- | --- |
${texts.join('')}
Edges: ${edges.join('; ')}.
`
}

function viewsPart(views) {
  const rows = views.map(({ key: digit, title, keys }) => {
    const own = keys.map(([name, says]) => `${key(name)} ${cell(says)}`).join('; ')
    return `| ${key(digit)} | ${title} | ${own} |\n`
  })
  return `## Views

A digit opens a view, ← and → the one beside; Esc goes back to the list. In each, the keys for tasks are for the task that
its cursor is on.

| key | view | keys of its own |
| --- | --- | --- |
| \`1\` | List | |
${rows.join('')}`
}

function keysPart({ BINDINGS, GROUPS, shownKey }) {
  const tables = GROUPS.map((group) => {
    const rows = BINDINGS.filter((binding) => binding.group === group).map(
      ({ keys, says }) => `| ${keys.map((name) => key(shownKey(name))).join(' ')} | ${cell(says)} |\n`,
    )
    return `### ${group}\n\n| key | what it does |\n| --- | --- |\n${rows.join('')}`
  })
  return `## Keys\n\n\`?\` shows these, with the view’s own first.\n\n${tables.join('\n')}`
}

/** docs/ui.md: every key of the table, every view with its own, and every role of a theme. */
export async function uiPage() {
  const [table, { VIEWS }, roles, { THEMES }] = await Promise.all([
    loadSource('src/terminal/ui/key-table.ts', WITHOUT_INK),
    loadSource('src/terminal/ui/views.ts', WITHOUT_INK),
    loadSource('schemas/theme-roles.ts'),
    loadSource('src/terminal/ui/themes.ts'),
  ])
  const themes = themesPart(roles.COLOUR_ROLES, roles, Object.keys(THEMES))
  return [INTRODUCTION, viewsPart(VIEWS), keysPart(table), GATES, PALETTE, themes, MOUSE, TERMINAL].join('\n')
}
