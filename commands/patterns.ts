import { saidOf } from '../src/repos/said-of.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { graphViews } from '../src/terminal/graph/graph-views.ts'
import { patternsJson, patternsText } from '../src/terminal/insight/print-patterns.ts'
import { readPatterns } from '../src/terminal/insight/read-patterns.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { now } from '../src/terminal/output/clock.ts'
import { federationFlags, freshnessFlag } from '../src/terminal/places/federation-flags.ts'
import { isManyTasks, watched } from '../src/terminal/watched.ts'

export default class Patterns extends MhvCommand {
  static override summary = 'Show what happens again and again.'
  static override description =
    'Reasons that block tasks repeatedly and what helped; labels, types and repositories whose tasks take clearly longer than the rest; gates that fail most, and those that passed and failed the same files; open work that is older than most of what was finished. People are left out.'
  static override examples = ['mhv patterns', 'mhv patterns --all', 'mhv patterns --json']
  static override flags = {
    limit: Flags.integer({
      char: 'n',
      min: 0,
      default: 10,
      description: 'at most so many of each; 0 for all',
    }),
    ...federationFlags,
    ...freshnessFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Patterns)
    const { views, chosen, home, problems } = await graphViews(() => this.workplace(), flags)
    const asked = views.filter(({ member }) => chosen.has(member.name))
    const read = () => readPatterns(asked, Date.parse(now()))
    const patterns = await watched('Looking for patterns', read, { isLong: isManyTasks(asked) })
    if (flags.json) return this.printJson({ ...patternsJson(patterns), problems })
    for (const { repository, message } of problems) {
      process.stderr.write(`Problem: ${saidOf(repository, message)}\n`)
    }
    const text = patternsText(patterns, home, flags.limit)
    if (text !== '') await this.printLong(text)
  }
}
