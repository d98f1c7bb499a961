import { STATUSES } from '../../schemas/vocabulary.ts'
import { MhvError } from '../../src/errors.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { listFlags, several } from '../../src/terminal/listing/list-flags.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { note } from '../../src/terminal/output/output-mode.ts'
import { page } from '../../src/terminal/output/page.ts'
import { fitted } from '../../src/terminal/output/wrapped.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'

const {
  text: _text,
  sort: _sort,
  limit: _limit,
  columns: _columns,
  format: _format,
  at: _at,
  'group-by': _groupBy,
  'fail-on': _failOn,
  annotations: _annotations,
  summary: _summary,
  ...filters
} = listFlags

export default class TaskSearch extends MhvCommand {
  static override aliases = shortFormsOf('task:search')
  static override strict = false
  static override summary = 'Search tasks in your own words.'
  static override description =
    'Ranks all tasks, ended ones too, by what their titles, descriptions, criteria, comments and labels have to do with the words: the words themselves, their other forms, parts of identifiers and paths, and other words for the same thing (“freezes” finds “hang”). What cannot be found as it is written is taken for the beginning of a word, or for misspelt. With a sentence model (`mhv model setup`) what tasks mean counts as much. Takes the filters of `mhv task list`.'
  static override examples = [
    'mhv ts "program freezes while reading settings"',
    'mhv search login --status open --label auth',
    'mhv search --similar 45',
    'mhv search "slow start" --all --explain',
    'mhv search fetchTasks --json',
  ]
  static override args = { words: Args.string({ description: 'what is looked for' }) }
  static override flags = {
    ...filters,
    status: several(
      `open, all, ${STATUSES.join(', ')}, waiting (pending, with an open dependency), ready (can start now); default all`,
    ),
    similar: Flags.string({ description: 'tasks like this one (45, akosha#7) instead of words' }),
    explain: Flags.boolean({ description: 'say why each one was found' }),
    'no-model': Flags.boolean({ description: 'by words alone, though a sentence model was set up' }),
    format: Flags.string({ description: "a template for each task: '{number}\\t{score}\\t{title}'" }),
    limit: Flags.integer({
      char: 'n',
      min: 0,
      default: 10,
      description: 'at most so many; 0 for all',
    }),
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(TaskSearch)
    const query = (argv as string[]).join(' ')
    if ((query.trim() === '') === (flags.similar === undefined)) {
      throw new MhvError('USAGE', 'Say what to look for: either in words, or with --similar.', {
        recovery: ['mhv search --help'],
      })
    }
    const [
      { placesAsked },
      { readSearch },
      { searchJson, searchText },
      { besideListing },
      { searchTemplate, searchWritten },
    ] = await Promise.all([
      import('../../src/terminal/places/places-asked.ts'),
      import('../../src/terminal/listing/search-listing.ts'),
      import('../../src/terminal/listing/print-search.ts'),
      import('../../src/terminal/listing/listing-problems.ts'),
      import('../../src/terminal/listing/search-template.ts'),
    ])
    const template = flags.format === undefined ? null : await searchTemplate(flags.format, flags.json)
    const asked = await placesAsked(flags, () => this.workplace())
    const listing = await readSearch(asked, query, flags)
    if (flags.json) {
      process.stdout.write(searchJson(listing, flags.explain))
      return
    }
    if (template) process.stdout.write(await searchWritten(listing, template))
    else await page(await fitted(searchText(listing, flags.explain)))
    if (listing.results.length === 0) note('No task has to do with that.\n')
    if (listing.failure) {
      note(
        `Searched by words alone: ${listing.failure.message} mhv explain ${listing.failure.error} says more.\n`,
      )
    }
    process.stderr.write(besideListing(asked))
  }
}
