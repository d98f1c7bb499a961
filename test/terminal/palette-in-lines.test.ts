import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { askInLines } from '../../src/terminal/palette/ask-in-lines.ts'
import type { Entry } from '../../src/terminal/palette/entry.ts'
import type { Lines } from '../../src/terminal/palette/lines.ts'
import { pickInLines } from '../../src/terminal/palette/pick-in-lines.ts'
import { atBeginning } from '../../src/terminal/palette/pick-options.ts'
import { rankEntries } from '../../src/terminal/palette/rank-entries.ts'
import { mhvProcess } from '../support/cli.ts'
import { temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { hasTerminal, openTerminal, PROMPT, type Terminal } from '../support/tmux.ts'

/** Somebody who gives these answers and then ends the input; `heard` is all that was said. */
function answering(...answers: string[]) {
  const heard: string[] = []
  const lines: Lines = {
    say: (text) => void heard.push(text),
    ask: async (question) => {
      const answer = answers.shift() ?? null
      heard.push(`${question}${answer ?? ''}`)
      return answer
    },
  }
  return { heard, lines }
}

const entryOf = (text: string, kind: Entry['kind'] = 'task'): Entry<string> => ({
  kind,
  text,
  aside: kind === 'task' ? 'pending medium' : '',
  names: [],
  chosen: text,
})

describe('a list line by line', () => {
  const few = [entryOf('#1 Fix auth bug'), entryOf('#2 Author pages'), entryOf('search “x”', 'search')]
  const options = {
    message: 'mhv ›',
    keys: 'Esc leaves',
    notes: ['gone is not there'],
    intro: 'Some words find it.',
    list: (typed: string) => rankEntries([few], typed),
  }

  test('words are asked for, and a number chooses', async () => {
    const { heard, lines } = answering('auth', '2')
    expect(await pickInLines(options, lines)).toBe('#2 Author pages')
    expect(heard).toEqual([
      'mhv:',
      'gone is not there',
      'Some words find it.',
      'Words: auth',
      '2 for “auth”:',
      '1. task #1 Fix auth bug, pending medium',
      '2. task #2 Author pages, pending medium',
      'Number, or other words: 2',
    ])
  })

  test('a number that no line has is words, and ? tells what is at hand', async () => {
    const { heard, lines } = answering('9', '?', '3')
    expect(await pickInLines(options, lines)).toBe('search “x”')
    expect(heard.slice(3)).toEqual([
      'Words: 9',
      'There is no 9.',
      'Other words: ?',
      '3 to choose from:',
      '1. task #1 Fix auth bug, pending medium',
      '2. task #2 Author pages, pending medium',
      '3. search “x”',
      'Number, or other words: 3',
    ])
  })

  test('a number that nothing has, and words that fit nothing, leave the numbers that were said', async () => {
    const list = (typed: string) => [
      ...rankEntries([few.slice(0, 2)], typed),
      ...rankEntries([[entryOf(`search “${typed}”`, 'search')]], ''),
    ]
    const { heard, lines } = answering('auth', '99', '#99', '1')
    expect(await pickInLines({ ...options, list }, lines)).toBe('#1 Fix auth bug')
    expect(heard.slice(7)).toEqual([
      '3. search “auth”',
      'Number, or other words: 99',
      'There is no 99.',
      'Number, or other words: #99',
      'There is no #99.',
      'Number, or other words: 1',
    ])
    const other = answering('auth', 'zzz', '2')
    expect(await pickInLines(options, other.lines)).toBe('#2 Author pages')
    expect(other.heard.slice(-3)).toEqual([
      'Number, or other words: zzz',
      'Nothing fits.',
      'Number, or other words: 2',
    ])
  })

  test('a number with # in front is a task, whatever its place in the list', async () => {
    const tasks = [4, 3, 1].map((number) => ({ ...entryOf(`#${number} Item`), names: [`#${number}`] }))
    const list = (typed: string) => rankEntries([tasks], typed)
    for (const [answer, chosen] of [
      ['#3', '#3 Item'],
      ['3', '#1 Item'],
    ] as const) {
      const { lines } = answering(answer)
      expect(await pickInLines({ message: 'task:', keys: '', notes: [], list }, lines)).toBe(chosen)
    }
  })

  test('a long title is cut to the width, what stands beside is told whole', async () => {
    const list = () => rankEntries([[entryOf(`#1 ${'word '.repeat(40)}`)]], '')
    const { heard, lines } = answering()
    await pickInLines({ message: 'x:', keys: '', notes: [], list }, { ...lines, columns: 60 })
    const told = heard.find((line) => line.startsWith('1.'))!
    expect(told).toMatch(/^1\. task #1 word .*…, pending medium$/)
    expect(told.length).toBeLessThanOrEqual(60)
  })

  test('a line that ran before was told whole, and its number runs it', async () => {
    const line = `tc ${'Again '.repeat(20)}and again`
    const recent = { ...entryOf(line, 'recent'), aside: '', line, isCompletedFirst: true }
    const list = () => rankEntries([[recent]], '')
    const { heard, lines } = answering('?', '1')
    expect(await pickInLines({ ...options, list }, { ...lines, columns: 60 })).toBe(line)
    expect(heard.slice(3)).toEqual([
      'Words: ?',
      '1 to choose from:',
      `1. recent ${line}`,
      'Number, or other words: 1',
    ])
  })

  test('an empty line at a list goes back to the words, and there it leaves', async () => {
    const { heard, lines } = answering('auth', '', 'author', '1')
    expect(await pickInLines(options, lines)).toBe('#2 Author pages')
    expect(heard.slice(-5)).toEqual([
      'Number, or other words: ',
      'Words: author',
      '1 for “author”:',
      '1. task #2 Author pages, pending medium',
      'Number, or other words: 1',
    ])
    const place = atBeginning()
    const leaves = answering('auth', '', '')
    expect(await pickInLines({ ...options, place }, leaves.lines)).toBeNull()
    expect(leaves.heard.slice(-2)).toEqual(['Number, or other words: ', 'Words: '])
    expect(place.state.typed).toBe('')
  })

  test.each([[[]], [['']], [['auth']], [['auth', '']]])(
    'after %j and the end of input, or an empty line, nothing is chosen',
    async (answers) => {
      expect(await pickInLines(options, answering(...answers).lines)).toBeNull()
    },
  )

  test('of many ten are told at once, and only what was told has a number', async () => {
    const many = Array.from({ length: 24 }, (_, i) => entryOf(`Item ${i + 1}`, 'choice'))
    const list = (typed: string) => rankEntries([many], typed, many.length)
    const { heard, lines } = answering('12', '?', '+', '+', '?', '+', '12')
    expect(await pickInLines({ message: 'task:', keys: '', notes: [], list }, lines)).toBe('Item 12')
    expect(heard.slice(0, 3)).toEqual(['task:', '24 to choose from:', '1. Item 1'])
    expect(heard.filter((line) => line.startsWith('Number'))).toEqual([
      'Number, or other words (+ for 14 more): 12',
      'Number, or other words: ?',
      'Number, or other words (+ for 14 more): +',
      'Number, or other words (+ for 4 more): +',
      'Number, or other words: ?',
      'Number, or other words (+ for 14 more): +',
      'Number, or other words (+ for 4 more): 12',
    ])
    expect(heard).toContain('1 for “12”:')
    expect(heard).toContain('24. Item 24')
  })

  test('who comes back to a list hears what was found, and is not asked for words again', async () => {
    const place = atBeginning()
    await pickInLines({ ...options, place }, answering('bug', '1').lines)
    const { heard, lines } = answering('1')
    expect(await pickInLines({ ...options, place }, lines)).toBe('#1 Fix auth bug')
    expect(heard.slice(0, 2)).toEqual(['mhv:', '1 for “bug”:'])
  })

  test('what a title from elsewhere holds is told without what steers a terminal', async () => {
    const list = () => rankEntries([[entryOf('#1 \u001b[31mred')]], '')
    const { heard, lines } = answering()
    await pickInLines({ message: 'x:', keys: '', notes: [], list }, lines)
    expect(heard.join('\n')).not.toContain('\u001b')
  })
})

describe('a value line by line', () => {
  const text = { name: 'reason', description: 'what is in the way' }
  const force = { name: 'force', type: 'boolean' } as const
  const priority = { name: 'priority', options: ['low', 'high'] }

  test.each([
    [text, ['no key'], 'no key'],
    [text, [''], null],
    [text, [], null],
    [force, ['maybe', 'YES'], true],
    [force, ['n'], null],
    [{ ...force, allowNo: true }, ['no'], false],
    [force, [''], null],
    [priority, ['2'], 'high'],
    [priority, ['hi', '1'], 'high'],
    [priority, [''], null],
  ])('%j with %j is %j', async (wanted, answers, value) => {
    expect(await askInLines(wanted, 'What', answering(...answers).lines)).toBe(value)
  })
})

describe.skipIf(!hasTerminal)('the palette in a terminal that is read out', () => {
  async function plain(line = 'MHV_PLAIN=1 mhv', env: Record<string, string> = {}) {
    const cwd = temporaryRepository()
    await mhvProcess(cwd, ['init', '--no-hooks'])
    for (const title of ['Fix auth bug', 'Author pages']) await mhvProcess(cwd, ['tc', title, '--no-parse'])
    const state = temporaryDirectory()
    const terminal = await openTerminal(cwd, { columns: 100, rows: 60 }, { ...env, XDG_STATE_HOME: state })
    onTestFinished(() => terminal.close())
    terminal.type(`clear; ${line}; echo "ended $?"`)
    terminal.keys('Enter')
    await terminal.until(/^Words:$/m)
    return { cwd, terminal, history: join(state, 'mhv', 'palette.json') }
  }
  const say = async (terminal: Terminal, answer: string, next: RegExp | string) => {
    terminal.type(answer)
    terminal.keys('Enter')
    return terminal.until(next)
  }

  test.each(['MHV_PLAIN=1 mhv', 'TERM=dumb mhv', 'mhv --plain'])(
    '%s asks line by line, and what was said stays as it is',
    async (line) => {
      const { cwd, terminal } = await plain(line)
      await say(terminal, 'auth', /^Number, or other words:$/m)
      await say(terminal, '1', /^#1 Fix auth bug:\n[\s\S]*^Number, or other words \(\+ for \d+ more\):$/m)
      await say(terminal, 'block', /for “block”:\n1\. block, say what is in the way\n[\s\S]*other words:$/)
      await say(terminal, '1', /^mhv task block 1 › reason: what is in the way.*: *$/m)
      await say(terminal, 'no key yet', /^1\. run mhv task block 1 --reason 'no key yet'$/m)
      const screen = await say(terminal, '1', /^ended 0$/m)
      expect(screen.split('\n').slice(0, 9)).toEqual([
        'mhv:',
        expect.stringMatching(/^Some words find a command/),
        expect.stringMatching(/#3 the task 3/),
        expect.stringMatching(/leaves\.$/),
        'Words: auth',
        '4 for “auth”:',
        '1. task #1 Fix auth bug, pending medium',
        '2. task #2 Author pages, pending medium',
        '3. search “auth”',
      ])
      expect(screen).toContain("\n$ mhv task block 1 --reason 'no key yet'\n")
      expect((await mhvProcess(cwd, ['task', 'show', '1'])).out).toContain('no key yet')
    },
  )

  test('nothing moves the cursor, and nothing is coloured', async () => {
    const file = join(temporaryDirectory(), 'typescript')
    const { terminal } = await plain(`MHV_PLAIN=1 script -qc '"$MHV_NODE" "$MHV_PROGRAM"' ${file}; stty sane`)
    await say(terminal, 'task show 1', /^1\. run mhv task show 1$/m)
    await say(terminal, '1', /^ended 0$/m)
    const written = readFileSync(file, 'utf8')
    expect(written).toContain('Fix auth bug')
    expect(written).not.toContain(String.fromCharCode(27))
  })

  test.each([
    ['C-c', 130],
    ['C-d', 0],
    ['Enter', 0],
  ])('%s leaves with no harm', async (key, code) => {
    const { terminal, history } = await plain()
    terminal.keys(key)
    await terminal.until(new RegExp(`^ended ${code}$`, 'm'))
    expect(existsSync(history)).toBe(false)
  })

  test.each([
    ['C-c', 130],
    ['C-d', 0],
  ])('so does %s in a later step', async (key, code) => {
    const { terminal, history } = await plain()
    await say(terminal, '#auth', /^Number, or other words/m)
    await say(terminal, '1', /^#1 Fix auth bug:/m)
    await say(terminal, 'comment', /^1\. comment/m)
    await say(terminal, '1', /^mhv task comment 1 › text.*: *$/m)
    terminal.keys(key)
    await terminal.until(new RegExp(`^ended ${code}$`, 'm'))
    expect(existsSync(history)).toBe(false)
  })

  test('an empty line goes back step by step', async () => {
    const { terminal } = await plain()
    await say(terminal, '#auth', /^Number, or other words/m)
    await say(terminal, '1', /^#1 Fix auth bug:/m)
    await say(terminal, 'comment', /^1\. comment/m)
    await say(terminal, '1', /^mhv task comment 1 › text.*: *$/m)
    await say(terminal, '', /text.*: *\n#1 Fix auth bug:\n\d+ for “comment”:/)
    await say(terminal, '', /\nmhv:\n2 for “#auth”:\n/)
    await say(terminal, '', /^Words: *$(?![\s\S]*^ended)/m)
    await say(terminal, '', /^ended 0$/m)
    await terminal.until((screen) => screen.endsWith(PROMPT))
  })

  test('a paste of several lines is one answer', async () => {
    const { terminal } = await plain()
    terminal.paste('task list\nand more\n')
    await terminal.until(/“task list and more”/)
    await say(terminal, '', /other words: *\nWords: *$/)
    await say(terminal, '', /^ended 0$/m)
  })
})
