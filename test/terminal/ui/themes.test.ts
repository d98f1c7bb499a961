import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COLOUR_ROLES, type Colours, EDGE_BESIDE, PAIRS, TEXT_ON } from '../../../schemas/theme-roles.ts'
import { chooseTheme, depthOf, surroundings } from '../../../src/terminal/ui/choose-theme.ts'
import { contrastFaults, contrastOf } from '../../../src/terminal/ui/contrast.ts'
import { codeOf, reducedColours } from '../../../src/terminal/ui/reduced-colours.ts'
import { monochrome, type Role, styleOf, themeOf } from '../../../src/terminal/ui/theme.ts'
import { THEMES } from '../../../src/terminal/ui/themes.ts'
import { runs } from '../../support/nasty-text.ts'

const all = Object.entries(THEMES).flatMap(([name, variants]) =>
  Object.entries(variants).map(([around, theme]) => [`${name} where it is ${around}`, theme] as const),
)
const told = (theme: Colours) =>
  contrastFaults(theme).map(({ role, on, ratio }) => `${role} on ${on}: ${ratio.toFixed(2)}`)

test('contrast is reckoned as WCAG 2 says', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrastOf('#ffffff', '#ffffff')).toBe(1)
  // The examples that the W3C and others give for the limits.
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  expect(contrastOf('#ff0000', '#ffffff')).toBeCloseTo(4.0, 2)
})

describe('every theme', () => {
  test.each(all)('%s: texts at 4.5:1 or more, what one finds one’s way by at 3:1 or more', (_, theme) => {
    expect(told(theme)).toEqual([])
  })

  test.each(all)('%s: the same in 256 colours, and in the 16 of xterm', (_, theme) => {
    for (const depth of [256, 16] as const) {
      const reduced = reducedColours(theme, depth)
      const colours = Object.fromEntries(COLOUR_ROLES.map((role) => [role, reduced[role].colour])) as Colours
      expect(told(colours), `${depth}`).toEqual([])
    }
  })

  test.each(all)('%s has a colour for each role, and no other', (_, theme) => {
    expect(Object.keys(theme).sort()).toEqual([...COLOUR_ROLES].sort())
    expect(Object.values(theme).filter((colour) => !/^#[0-9a-f]{6}$/.test(colour))).toEqual([])
  })

  test.each(all.filter(([name]) => name.startsWith('high-contrast')))('%s: texts at 7:1', (_, theme) => {
    const weak = PAIRS.filter(
      ({ role, on, least }) => least === 4.5 && contrastOf(theme[role], theme[on]) < 7,
    )
    expect(weak).toEqual([])
  })
})

test('a text that is as bright as what it stands on is found', () => {
  const dim = { ...THEMES.dark.dark, muted: '#444444' }
  expect(told(dim).map((fault) => fault.replace(/:.*/, ''))).toEqual(['muted on background'])
})

describe('the pairs', () => {
  test('each role that is no surface is drawn on something', () => {
    const drawn = new Set(PAIRS.flatMap(({ role, on }) => [role, on]))
    expect(COLOUR_ROLES.filter((role) => !drawn.has(role))).toEqual([])
  })

  test('each edge stands out from what is beside it', () => {
    for (const [role, beside] of Object.entries(EDGE_BESIDE)) {
      for (const on of beside) expect(PAIRS).toContainEqual({ role, on, least: 3 })
    }
  })
})

describe('what components are given', () => {
  const { dark } = THEMES.dark
  const texts = Object.entries(TEXT_ON).flatMap(([on, roles]) => roles.map((role) => [role, on] as const))

  test.each(texts.filter(([role]) => role !== 'selection-text'))('%s stands on %s', (role, on) => {
    const { color, backgroundColor } = styleOf(themeOf('dark', dark, 'all'), role as Role)
    // The painter begins every line in the theme's text, on its background.
    expect([color ?? dark.text, backgroundColor ?? dark.background]).toEqual([
      dark[role],
      dark[on as keyof typeof TEXT_ON],
    ])
  })

  test('are the colours that the terminal has', () => {
    expect(styleOf(themeOf('dark', dark, 256), 'muted').color).toMatch(/^ansi256\(\d+\)$/)
    expect(themeOf('dark', dark, 16).colours).toMatchObject({ text: 'white', background: 'black' })
  })

  test.each([
    ['#102030', 'text', '38;2;16;32;48'],
    ['#102030', 'background', '48;2;16;32;48'],
    ['ansi256(234)', 'text', '38;5;234'],
    ['ansi256(234)', 'background', '48;5;234'],
    ['black', 'background', '40'],
    ['white', 'text', '37'],
    ['whiteBright', 'text', '97'],
    ['blackBright', 'background', '100'],
  ] as const)('%s as %s is set by %s', (colour, of, code) => {
    expect(codeOf(colour, of)).toBe(code)
  })

  test('are none where none are wanted, and what is selected is told by exchanged ones', () => {
    expect(themeOf('dark', dark, 0)).toBe(monochrome)
    for (const role of COLOUR_ROLES) {
      expect(styleOf(monochrome, role as Role)).not.toHaveProperty('color')
      expect(styleOf(monochrome, role as Role)).not.toHaveProperty('backgroundColor')
    }
    expect(styleOf(monochrome, 'selection')).toEqual({ inverse: true })
  })

  test('and nothing of the view names a colour of its own', () => {
    const folder = join(import.meta.dirname, '../../../src/terminal/ui')
    const own = readdirSync(folder).filter(
      (name) => !['themes.ts', 'reduced-colours.ts', 'choose-theme.ts'].includes(name),
    )
    const named = own.filter((name) =>
      /['"`](?:#[0-9a-f]{6}|ansi256)|(?:\bcolor|[cC]olor)=(?:"|\{['"`])/.test(
        readFileSync(join(folder, name), 'utf8'),
      ),
    )
    expect(own.length).toBeGreaterThan(30)
    expect(named).toEqual([])
  })
})

test.each([
  [{}, 'dark'],
  [{ COLORFGBG: '15;0' }, 'dark'],
  [{ COLORFGBG: '0;15' }, 'light'],
  [{ COLORFGBG: '0;default;15' }, 'light'],
  [{ COLORFGBG: '12;8' }, 'dark'],
  [{ COLORFGBG: '0;7' }, 'light'],
  [{ COLORFGBG: 'default;default' }, 'dark'],
] as const)('surroundings %j are %s', (env, around) => {
  expect(surroundings(env)).toBe(around)
  const { theme } = chooseTheme(
    { flag: undefined, name: 'auto', own: {} },
    { ...env, COLORTERM: 'truecolor' },
  )
  expect(theme).toEqual({ name: around, colours: THEMES[around][around] })
})

test.each([
  [{ TERM: 'xterm' }, 16],
  [{ TERM: 'xterm-256color' }, 256],
  [{ TERM: 'tmux-256color', COLORTERM: 'truecolor' }, 'all'],
  [{ TERM: 'xterm-256color', NO_COLOR: '1' }, 0],
  [{ TERM: 'xterm-256color', NO_COLOR: '' }, 256],
  [{ TERM: 'xterm-kitty' }, 'all'],
  [{ TERM: 'dumb', COLORTERM: 'truecolor' }, 0],
  [{}, 16],
] as const)('%j shows %s colours', (env, depth) => {
  expect(depthOf(env)).toBe(depth)
})

describe('a theme of one’s own', () => {
  const choose = (own: Readonly<Partial<Colours>>, env = {}) => {
    const asked = { flag: undefined, name: 'night', own: { night: own } }
    const { theme, warnings } = chooseTheme(asked, { COLORTERM: 'truecolor', ...env })
    return { colours: theme.colours, warnings }
  }

  test('lies over the theme of the surroundings', () => {
    expect(choose({ accent: '#aaccff' })).toEqual({
      colours: { ...THEMES.dark.dark, accent: '#aaccff' },
      warnings: [],
    })
    expect(choose({ accent: '#003366' }, { COLORFGBG: '0;15' }).colours).toEqual({
      ...THEMES.light.light,
      accent: '#003366',
    })
  })

  test('lies over the light one where its own background is light', () => {
    const { colours, warnings } = choose({ background: '#fdf6e3' })
    expect(colours).toEqual({ ...THEMES.light.light, background: '#fdf6e3' })
    expect(warnings).toEqual([])
  })

  test('says which of its pairs are hard to read', () => {
    expect(choose({ muted: '#666666', border: '#333333' }).warnings).toEqual([
      expect.stringMatching(
        /^ui\.themes\.night: muted \(#666666\) on background \(#16181d\) has a contrast of 3\.\d\d, less than 4\.5\.$/,
      ),
      expect.stringMatching(
        /border \(#333333\) on background \(#16181d\) has a contrast of 1\.\d\d, less than 3\.$/,
      ),
    ])
  })

  test('says so where the terminal has fewer colours', () => {
    const near = { accent: '#aaccff' }
    expect(choose(near, { COLORTERM: '', TERM: 'xterm-256color' }).warnings).toEqual([
      expect.stringMatching(/^ui\.themes\.night is shown in the 256 colours that this terminal tells of/),
    ])
    expect(choose(near, { NO_COLOR: '1' }).warnings).toEqual([])
  })

  test('has no pair that is hard to read in fewer colours, whatever it is', () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)
    const own = fc.record(Object.fromEntries(COLOUR_ROLES.map((role) => [role, colour])))
    fc.assert(
      fc.property(own, fc.constantFrom(16, 256), (colours, depth) => {
        const reduced = Object.entries(reducedColours(colours as Colours, depth as 16 | 256))
        const shown = Object.fromEntries(reduced.map(([role, { colour: one }]) => [role, one]))
        expect(contrastFaults(shown as Colours)).toEqual([])
      }),
      runs(100),
    )
  })

  test('has to be there', () => {
    const own = { night: {} }
    expect(() => chooseTheme({ flag: 'drak', name: 'auto', own }, {})).toThrow(
      expect.objectContaining({ error: 'USAGE', recovery: ['mhv ui --theme dark'] }),
    )
  })
})
