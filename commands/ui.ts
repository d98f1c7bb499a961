import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadConfig } from '../src/config/load-config.ts'
import { MhvError } from '../src/errors.ts'
import { packageRoot } from '../src/package-root.ts'
import { requireScreen } from '../src/terminal/asking/require-screen.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { federationFlags, freshnessFlag } from '../src/terminal/places/federation-flags.ts'
import { placesAsked } from '../src/terminal/places/places-asked.ts'
import { chooseTheme, depthOf } from '../src/terminal/ui/choose-theme.ts'
import type { openUi } from '../src/terminal/ui/open-ui.tsx'
import type { Depth } from '../src/terminal/ui/theme.ts'
import { VIEW_NAMES } from '../src/terminal/ui/view-names.ts'

/** What FORCE_COLOR calls them. Where no colour is wanted, weight and inversion still are: the theme has no colours then. */
const COLOUR_LEVELS = { 0: '1', 16: '1', 256: '2', all: '3' } as const

/** What it is drawn with is a module that waits while it loads, which only import() can take. */
async function loadUi(depth: Depth): Promise<{ openUi: typeof openUi }> {
  const file = join(packageRoot(), 'bin', 'import-module.js')
  const { importModule } = createRequire(file)(file) as {
    importModule(address: string): Promise<{ openUi: typeof openUi }>
  }
  // Its library finds out by itself how many colours there are, and takes none where CI is set. It asks once, and gates
  // that are started later have nothing to do with it.
  const before = process.env.FORCE_COLOR
  process.env.FORCE_COLOR = COLOUR_LEVELS[depth]
  try {
    return await importModule(pathToFileURL(join(packageRoot(), 'dist', 'ui.mjs')).href)
  } finally {
    if (before === undefined) delete process.env.FORCE_COLOR
    else process.env.FORCE_COLOR = before
  }
}

export default class Ui extends MhvCommand {
  static override summary = 'Open the full-screen view.'
  static override description =
    'The list of tasks and the task that is looked at, side by side; every action of the command line by a key. `?` tells the keys, `:` and Ctrl+K open the palette, q leaves. It follows what others change, and needs a terminal of 60 columns and 12 lines or more.'
  static override examples = [
    'mhv ui',
    'mhv ui --all',
    'mhv ui --repo akosha,crackerjack',
    'mhv ui --theme dark',
  ]
  static override flags = {
    view: Flags.string({ options: VIEW_NAMES, default: 'list', description: 'what to begin with' }),
    theme: Flags.string({
      description:
        'colours: auto, dark, light, high-contrast or one of ui.themes; auto goes by what the terminal tells of itself',
    }),
    mouse: Flags.boolean({ allowNo: true, description: 'answer to the mouse; as ui.mouse is configured' }),
    ...federationFlags,
    ...freshnessFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Ui)
    if (flags.json) {
      throw new MhvError('USAGE', 'mhv ui is for people, and prints no document.', {
        recovery: ['mhv task list --json'],
      })
    }
    requireScreen(flags.view)
    const { ui } = (await loadConfig(null)).config
    const wish = { flag: flags.theme, name: ui.theme, own: ui.themes }
    const { theme, warnings } = chooseTheme(wish, process.env)
    const read = () => placesAsked(flags, () => this.workplace())
    const asked = await read()
    // Commands that the view runs are about the same list of repositories.
    if (flags.repos) process.env.MHV_REPOS = flags.repos
    const { openUi } = await loadUi(depthOf(process.env))
    await openUi({ asked, read, view: flags.view, theme, warnings, mouse: flags.mouse ?? ui.mouse })
  }
}
