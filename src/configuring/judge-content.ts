import { config } from '../../schemas/config.ts'
import { THEMES } from '../../schemas/terminal-config.ts'
import { COLOUR_ROLES } from '../../schemas/theme-roles.ts'
import { aliasFault } from '../config/alias.ts'
import type { ConfigPlace } from '../config/counting-file.ts'
import { type ConfigFault, faultsOf } from '../config/explain-faults.ts'
import { userOnlyFaults } from '../config/user-only.ts'
import { MhvError } from '../errors.ts'
import { nearestWord } from '../query/nearest-word.ts'
import { expandBranch, expandPath } from '../worktrees/template.ts'

/** What a content is judged by besides the schema. */
export interface Judgement {
  readonly origin: ConfigPlace['origin']
  /** Whether words after `mhv` name a command of the program. */
  readonly isCommand: (words: readonly string[]) => boolean
  /** Themes that another file has. */
  readonly otherThemes: readonly string[]
}

/** A task's values, as templates of worktrees have them. */
const SAMPLE = { number: '1', slug: 'fix-login', type: 'feature', user: 'ann' }

/** Why a template could not be filled in when a worktree is made. */
function templateFaults(field: 'path' | 'branch', template: string, expand: () => string): ConfigFault[] {
  try {
    expand()
    return []
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    const place = `worktrees.${field}`
    const rule = error.message.replace(`${place}: `, '').replace(/\.$/, '')
    const example = field === 'branch' ? 'branch: task/{number}' : 'path: ../{repo}.worktrees/{number}-{slug}'
    return [{ place, rule, example, value: template }]
  }
}

/** Roles of themes of one's own that there are not. */
const roleFaults = (themes: Readonly<Record<string, Readonly<Record<string, string>>>>): ConfigFault[] =>
  Object.entries(themes).flatMap(([name, colours]) =>
    Object.keys(colours)
      .filter((role) => !(COLOUR_ROLES as readonly string[]).includes(role))
      .map((role) => {
        const meant = nearestWord(role, COLOUR_ROLES)
        const hint = meant ? `did you mean ${meant}?` : `there are ${COLOUR_ROLES.join(', ')}`
        const rule = `is no role that has a colour; ${hint}`
        return { place: `ui.themes.${name}.${role}`, rule, example: null, value: null }
      }),
  )

/** What is wrong with a content that is to be written: what the schema says, and what only this moment can find. */
export function judgeContent(content: unknown, { origin, isCommand, otherThemes }: Judgement): ConfigFault[] {
  const result = config.safeParse(content)
  const own = origin === 'repository' ? userOnlyFaults(content) : []
  if (!result.success) return [...faultsOf(result.error, content), ...own]
  const { aliases, ui, worktrees } = result.data
  const { branch, path } = worktrees
  const ofTemplates = [
    ...templateFaults('branch', branch, () => expandBranch(branch, SAMPLE)),
    ...templateFaults('path', path, () =>
      expandPath(path, { repo: 'shop', ...SAMPLE, branch: 'task-1' }, '/home/ann'),
    ),
  ]
  const ofAliases = Object.keys(aliases).flatMap((name) => {
    const rule = aliasFault(aliases, name, isCommand)
    // Another command line would not help a name that cannot be one.
    const example = isCommand([name]) ? null : `${name}: task list --assignee me`
    return rule === null ? [] : [{ place: `aliases.${name}`, rule, example, value: null }]
  })
  const faults = [...own, ...ofTemplates, ...ofAliases, ...roleFaults(ui.themes)]
  const themes = [...THEMES, ...Object.keys(ui.themes), ...otherThemes]
  if (themes.includes(ui.theme)) return faults
  const meant = nearestWord(ui.theme, themes)
  const rule = `is none of ${themes.join(', ')}${meant ? `; did you mean ${meant}?` : ''}`
  const fault = { place: 'ui.theme', rule, example: `theme: ${meant ?? 'dark'}`, value: ui.theme }
  return [...faults, fault]
}
