import { config } from '../../schemas/config.ts'
import { THEMES } from '../../schemas/terminal-config.ts'
import { aliasFault } from '../config/alias.ts'
import type { ConfigPlace } from '../config/counting-file.ts'
import { type ConfigFault, faultsOf } from '../config/explain-faults.ts'
import { userOnlyFaults } from '../config/user-only.ts'
import { nearestWord } from '../query/nearest-word.ts'

/** What a content is judged by besides the schema. */
export interface Judgement {
  readonly origin: ConfigPlace['origin']
  /** Whether words after `mhv` name a command of the program. */
  readonly isCommand: (words: readonly string[]) => boolean
  /** Themes that another file has. */
  readonly otherThemes: readonly string[]
}

/** What is wrong with a content that is to be written: what the schema says, and what only this moment can find. */
export function judgeContent(content: unknown, { origin, isCommand, otherThemes }: Judgement): ConfigFault[] {
  const result = config.safeParse(content)
  const own = origin === 'repository' ? userOnlyFaults(content) : []
  if (!result.success) return [...faultsOf(result.error, content), ...own]
  const { aliases, ui } = result.data
  const ofAliases = Object.keys(aliases).flatMap((name) => {
    const rule = aliasFault(aliases, name, isCommand)
    // Another command line would not help a name that cannot be one.
    const example = isCommand([name]) ? null : `${name}: task list --assignee me`
    return rule === null ? [] : [{ place: `aliases.${name}`, rule, example, value: null }]
  })
  const themes = [...THEMES, ...Object.keys(ui.themes), ...otherThemes]
  if (themes.includes(ui.theme)) return [...own, ...ofAliases]
  const meant = nearestWord(ui.theme, themes)
  const rule = `is none of ${themes.join(', ')}${meant ? `; did you mean ${meant}?` : ''}`
  const fault = { place: 'ui.theme', rule, example: `theme: ${meant ?? 'dark'}`, value: ui.theme }
  return [...own, ...ofAliases, fault]
}
