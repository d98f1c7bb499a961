import { PRIORITIES, TASK_TYPES } from '../../../schemas/vocabulary.ts'
import { Flags } from '../oclif.ts'

const wordsGroup = 'WORDS'

/** What can be said of a task to be created, and how its words are taken. */
export const createFlags = {
  description: Flags.string({ char: 'd', description: 'longer text, or - for standard input' }),
  editor: Flags.boolean({ description: 'write the description in your editor', exclusive: ['description'] }),
  type: Flags.string({ char: 't', options: TASK_TYPES, description: 'kind of work; task unless said' }),
  priority: Flags.string({ char: 'p', options: PRIORITIES, description: 'importance; medium unless said' }),
  deadline: Flags.string({
    description: 'a date (2026-11-27, tomorrow, +3d) or an instant (2026-11-27T18:00); “none”',
  }),
  'allow-past': Flags.boolean({ description: 'take a deadline that has passed' }),
  assignee: Flags.string({ char: 'a', description: 'who does it; “me” for yourself, “none” for nobody' }),
  label: Flags.string({
    char: 'l',
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    description: 'a label; repeat for more',
  }),
  'depends-on': Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    description:
      'tasks that have to be done first (3,7-9), of other repositories (akosha#7), or as another system called them (BACK-355)',
  }),
  parent: Flags.string({ description: 'the task that this is a part of; “none”' }),
  criterion: Flags.string({
    char: 'c',
    multiple: true,
    multipleNonGreedy: true,
    description: 'an acceptance criterion; repeat for more',
  }),
  estimate: Flags.string({ char: 'e', description: 'effort with its unit: 90m, 3h, 2d, 1w, 5pt; “none”' }),
  yes: Flags.boolean({
    char: 'y',
    helpGroup: wordsGroup,
    description: 'create what was understood, however sure that is',
  }),
  'dry-run': Flags.boolean({
    helpGroup: wordsGroup,
    description: 'show what was understood, and create nothing',
  }),
  'no-parse': Flags.boolean({
    helpGroup: wordsGroup,
    description: 'take the title literally, now and in later versions',
  }),
}

export interface CreateFlags {
  readonly json: boolean
  readonly repo?: readonly string[] | undefined
  readonly repos?: string | undefined
  readonly description?: string | undefined
  readonly editor?: boolean
  readonly type?: string | undefined
  readonly priority?: string | undefined
  readonly deadline?: string | undefined
  readonly 'allow-past'?: boolean
  readonly assignee?: string | undefined
  readonly label?: readonly string[] | undefined
  readonly 'depends-on'?: readonly string[] | undefined
  readonly parent?: string | undefined
  readonly criterion?: readonly string[] | undefined
  readonly estimate?: string | undefined
  readonly yes?: boolean
  readonly 'dry-run'?: boolean
  readonly 'no-parse'?: boolean
}
