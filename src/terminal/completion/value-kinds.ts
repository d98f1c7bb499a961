import { EVENT_DATA } from '../../../schemas/event.ts'
import { configJsonSchema } from '../../../schemas/json-schema.ts'
import { THEMES } from '../../../schemas/terminal-config.ts'
import { PRIORITIES, STATUSES, TASK_TYPES } from '../../../schemas/vocabulary.ts'
import { ERRORS } from '../../error-table.ts'
import { PRESETS } from '../../gates/presets.ts'
import { SORT_KEYS } from '../../query/sort.ts'
import { FORMATS } from '../listing/listing-formats.ts'
import { COLUMN_NAMES } from '../listing/task-table.ts'
import type { Kind, Word } from './command-table.ts'

/** Kinds of values by the names of flags, where these mean one thing everywhere. */
const OF_FLAGS: Readonly<Record<string, Kind>> = {
  status: 'words:status',
  type: 'words:type',
  priority: 'words:priority',
  sort: 'words:sort',
  columns: 'words:columns',
  kind: 'words:events',
  preset: 'words:presets',
  label: 'label',
  'no-label': 'label',
  assignee: 'person',
  'created-by': 'person',
  'completed-by': 'person',
  actor: 'person',
  approver: 'person',
  parent: 'task',
  'depends-on': 'task',
  on: 'task',
  number: 'task',
  similar: 'task',
  task: 'task',
  branch: 'branch',
  base: 'branch',
  remote: 'remote',
  repo: 'repository',
  tag: 'tag',
  role: 'role',
  repos: 'file',
  file: 'file',
  output: 'file',
  annotations: 'file',
  path: 'directory',
}

/** The same for flags and arguments that mean something else in one command. */
const OF_ONE_COMMAND: Readonly<Record<string, Kind>> = {
  // A template may stand there too, which nobody can complete.
  'task:list --format': `=${FORMATS.join('|')}`,
  'task:label --add': 'label',
  'task:label --remove': 'label',
  'task:label labels': 'label',
  'task:assign person': 'person',
  'task:check places': 'criterion,',
  'task:edit --remove-criterion': 'criterion',
  'task:import file': 'file',
  'ui --theme': 'theme',
  'explain code': 'words:errors',
  'config:get key': 'config key',
  'config:list key': 'config key',
  'config:set key': 'config key',
  'config:unset key': 'config key',
  'gate:run --only': 'gate',
  'gate:verify range': 'branch',
  'repos:add where': 'directory',
  'repos:discover directory': 'directory',
  'repos:remove name': 'repository',
  'model:setup model': 'directory',
  'worktree:create what': 'task branch',
  'worktree:move worktree': 'worktree',
  'worktree:move path': 'directory',
  'worktree:remove worktrees': 'worktree',
  'worktree:repair paths': 'directory',
  'worktree:undo worktree': 'removed worktree',
}

/** What oclif's manifest says of a flag or an argument. */
export interface ManifestInput {
  readonly name: string
  readonly type?: string
  readonly char?: string
  readonly description?: string
  readonly summary?: string
  readonly hidden?: boolean
  readonly helpGroup?: string
  readonly multiple?: boolean
  readonly delimiter?: string
  readonly options?: readonly string[]
  readonly allowNo?: boolean
}

/** The kind of a flag's value; null where it takes none. */
export function flagKind(command: string, flag: ManifestInput): Kind | null {
  if (flag.type !== 'option') return null
  const one = flag.options
    ? `=${flag.options.join('|')}`
    : (OF_ONE_COMMAND[`${command} --${flag.name}`] ?? OF_FLAGS[flag.name] ?? '')
  return one && (flag.delimiter === ',' || one === 'task') ? `${one},` : one
}

export function argumentKind(command: string, { name, options }: ManifestInput): Kind {
  if (options) return `=${options.join('|')}`
  const known = OF_ONE_COMMAND[`${command} ${name}`]
  if (known !== undefined) return known
  return name === 'tasks' ? 'task,' : name === 'task' ? 'task' : ''
}

interface JsonSchema {
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
}

/** Every key of a schema, sections in front of what is in them. */
const keysOf = ({ properties = {} }: JsonSchema, before = ''): Word[] =>
  Object.entries(properties).flatMap(([name, inner]) => [
    [`${before}${name}`, inner.description ?? ''] as const,
    ...keysOf(inner, `${before}${name}.`),
  ])

const plain = (words: readonly string[]): Word[] => words.map((word) => [word, ''])

/** The fixed words of each kind. */
export const fixedWords = (): Record<string, readonly Word[]> => ({
  status: [
    ...plain(STATUSES),
    ['open', 'all that have not ended'],
    ['all', 'also what has ended'],
    ['waiting', 'pending, with an open dependency'],
    ['ready', 'can start now'],
  ],
  type: plain(TASK_TYPES),
  priority: plain(PRIORITIES),
  sort: SORT_KEYS.flatMap((key): Word[] => [
    [key, ''],
    [`${key}:desc`, 'the other way round'],
  ]),
  columns: plain(COLUMN_NAMES),
  events: plain(Object.keys(EVENT_DATA)),
  presets: plain(PRESETS.map(({ name }) => name)),
  errors: Object.entries(ERRORS).map(([name, { code, title }]) => [name, `${code} ${title}`]),
  themes: plain(THEMES),
  config: keysOf(configJsonSchema() as JsonSchema),
})
