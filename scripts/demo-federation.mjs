import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The repositories that the ecosystem's own file lists, below ~/Projects as it says. */
const NAMES = [
  'mahavishnu',
  'crackerjack',
  'session-buddy',
  'oneiric',
  'mcp-common',
  'mdinject',
  'akosha',
  'dhara',
]

/**
 * Many repositories seen as one: the ecosystem's own repos.yaml, dependencies across repositories, two clones that give
 * out one number, and the listing in CI.
 * @param demo `{home, step, git, title, check, makeRepository}` of demo.mjs
 * @param fixture the ecosystem's file
 */
export function manyRepositories(demo, fixture) {
  const { home, step, title, check, makeRepository } = demo
  const projects = join(home, 'Projects')
  mkdirSync(projects)
  for (const name of NAMES) {
    const directory = makeRepository(name, { 'README.md': `# ${name}\n` }, projects)
    step(directory, ['mhv', 'init', '--no-hooks'], { quiet: true })
  }
  copyFileSync(fixture, join(projects, 'repos.yaml'))
  const mhv = (...words) => step(projects, ['mhv', ...words])

  title('Eight repositories as one: the list that an ecosystem has in use')
  mhv('repos', 'list')
  mhv('repos', 'check')
  mhv('tc', 'Ship the audit report', '--repo', 'crackerjack', '--priority', 'high', '--estimate', '3h')
  mhv(
    'tc',
    'Index the audit trail',
    '--repo',
    'ak',
    '--estimate',
    '1d',
    '--depends-on',
    'cj#1',
    '--label',
    'search',
  )
  mhv('tc', 'Keep trails for a year', '--repo', 'dhara', '--estimate', '2h', '--deadline', '+3d')
  mhv('task', 'depend', 'cj#1', '--on', 'dhara#1')

  title('What would never be done is refused, over all repositories')
  step(projects, ['mhv', 'task', 'depend', 'dhara#1', '--on', 'ak#1'], { exit: 1 })
  mhv('task', 'list', '--all')
  mhv('ready', '--all')
  mhv('graph', '--all')
  mhv('plan', '--all')
  const done = step(projects, ['mhv', 'done', 'dhara#1'])
  check('it says what can go on elsewhere', done.includes('crackerjack#1'))

  title('One change of several repositories: everywhere or nowhere')
  mhv('tc', 'Rename the event bus', '--repo', 'oneiric', '--repo', 'mcp-common')
  mhv('task', 'show', 'on#1')

  title('Two clones give out one number, and change one task at once')
  const ann = join(projects, 'akosha')
  const ben = join(home, 'akosha-of-ben')
  step(ann, ['mhv', 'sync'])
  step(home, ['git', 'clone', '--quiet', join(projects, 'akosha.git'), ben])
  step(ben, ['git', 'config', 'user.name', 'Ben'])
  step(ben, ['git', 'config', 'user.email', 'ben@example.com'])
  step(ben, ['mhv', 'tl'], { exit: 1 })
  step(ben, ['mhv', 'sync'])
  step(ann, ['mhv', 'tc', 'Ann’s second task'])
  step(ben, ['mhv', 'tc', 'Ben’s second task'])
  step(ann, ['mhv', 'task', 'edit', '1', '--priority', 'critical'])
  step(ben, ['mhv', 'task', 'edit', '1', '--priority', 'low'])
  step(ann, ['mhv', 'sync'])
  step(ben, ['mhv', 'sync'])
  step(ann, ['mhv', 'sync'])
  const lists = [ann, ben].map((clone) => step(clone, ['mhv', 'tl', '--columns', 'number,priority,title']))
  check('both see the same', lists[0] === lists[1] && lists[0].includes('3 '))
  step(ann, ['mhv', 'conflicts'])
  step(ann, ['mhv', 'audit'])

  title('In CI: an empty directory and URLs, no code is fetched')
  mhv('sync', '--all')
  const ci = join(home, 'ci')
  mkdirSync(ci)
  const entries = NAMES.map(
    (name) => `  - { name: ${name}, url: "file://${join(projects, `${name}.git`)}" }\n`,
  )
  writeFileSync(join(ci, 'repos.yaml'), `repos:\n${entries.join('')}`)
  const inCi = ['mhv', 'task', 'list', '--all', '--repos', 'repos.yaml', '--format', 'markdown']
  step(ci, [...inCi, '--fail-on', 'overdue or blocked'])
  mhv('task', 'block', 'cj#1', '--reason', 'the report has no owner')
  mhv('sync', '--repo', 'crackerjack')
  step(ci, [...inCi, '--max-age', '0s', '--fail-on', 'overdue or blocked'], { exit: 1 })
  mhv('status', '--all')
}
