import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { VIEW_NAMES } from '../../src/terminal/ui/view-names.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { hasTerminal, openTerminal, PROMPT, type Size, type Terminal } from '../support/tmux.ts'

/** Three tasks: one that is urgent, one that waits for it, and one with wide characters in its title. */
async function threeTasks(): Promise<string> {
  const demo = temporaryRepository()
  await mhv(demo, 'init', '--no-hooks')
  await mhv(demo, 'tc', 'Fix auth bug', '-p', 'high', '-l', 'auth', '-c', 'refresh works', '--no-parse')
  await mhv(demo, 'tc', 'Write release notes', '--depends-on', '1', '-d', 'For **version** 2.', '--no-parse')
  await mhv(demo, 'tc', 'Emigré 你好', '-t', 'docs', '--no-parse')
  return demo
}

async function terminalIn(
  directory: string,
  size?: Size,
  env: Readonly<Record<string, string>> = {},
): Promise<Terminal> {
  const terminal = await openTerminal(directory, size, env)
  onTestFinished(() => terminal.close())
  return terminal
}

/** The view opened in a directory, as soon as it can be typed into. */
async function uiIn(
  directory: string,
  size?: Size,
  env: Readonly<Record<string, string>> = {},
  line = 'mhv ui',
) {
  const terminal = await terminalIn(directory, size, env)
  const modes = terminal.modes()
  terminal.type(line)
  terminal.keys('Enter')
  await terminal.until(/\? help/)
  return { terminal, modes }
}

/** The shell is back with what was on its screen, and the terminal is set as it was. */
async function expectGivenBack(terminal: Terminal, modes: string, last: RegExp | string) {
  await terminal.until((seen) => seen.split('\n').at(-1) === PROMPT)
  const screen = terminal.screen()
  expect(screen).toMatch(last)
  expect(screen).toContain('mhv ui')
  expect(screen).not.toContain('STATUS')
  expect(terminal.modes()).toBe(modes)
  // The shell hears what is typed, and shows it.
  terminal.type('echo one two | wc -w')
  terminal.keys('Enter')
  await terminal.until(/\n2\n/)
}

describe.runIf(hasTerminal)('the full-screen view', () => {
  test('shows the list and the task at 80×24', async () => {
    const demo = await threeTasks()
    const { terminal, modes } = await uiIn(demo)
    await terminal.until('needed by')
    expect(terminal.screen()).toBe(
      `
 demo  1 of 3 · open · by urgency                          1 List  2 3 4 5 6 7 8
      # STATUS      TITLE               │ #1 Fix auth bug
>     1 pending     Fix auth bug        │
      2 waiting     Write release notes │ status     pending
      3 pending     Emigré 你好         │ type       task
                                        │ priority   high
                                        │ labels     auth
                                        │ needed by  #2
                                        │ created    2026-11-20 by Ann
                                        │ changed    2026-11-20
                                        │
                                        │ Acceptance criteria
                                        │  1. [ ] refresh works
${'                                        │\n'.repeat(9)}
 ? help  / search  o sort  n new  s start  d done  u undo  e edit  : palette`.slice(1),
    )
    terminal.keys('q')
    await expectGivenBack(terminal, modes, PROMPT)
  })

  test('uses a wide screen for more columns', async () => {
    const { terminal } = await uiIn(await threeTasks(), { columns: 200, rows: 50 })
    const [, head, first] = (await terminal.until('needed by')).split('\n')
    expect(head).toMatch(/^ +# STATUS +PRIORITY TITLE +LABELS +ASSIGNEE +DEADLINE +│ #1 Fix auth bug$/)
    expect(first).toMatch(/^> +1 pending +high +Fix auth bug +auth +│$/)
    terminal.type('?')
    const help = await terminal.until('labels, on and off')
    for (const key of ['undo the last command', 'Ctrl+K', 'wheel', 'Ctrl+C']) expect(help).toContain(key)
    terminal.keys('Escape')
    await terminal.until('needed by')
  })

  test('searches as one types, by the index on Enter, and filters and sorts by keys', async () => {
    const { terminal } = await uiIn(await threeTasks())
    terminal.type('/notes')
    const found = await terminal.until(/1 of 1 · open · “notes”/)
    expect(found).toMatch(/#2 Write release notes/)
    expect(found).not.toMatch(/Fix auth bug {3}/)
    terminal.keys('Escape')
    await terminal.until('1 of 3')
    // Letters in their order, where no title holds the word.
    terminal.type('/fxath')
    await terminal.until(/1 of 1[\s\S]*#1 Fix auth bug/)
    terminal.keys('C-u')
    terminal.type('version')
    await terminal.until('no tasks')
    terminal.keys('Enter')
    await terminal.until(/1 of 1 · open · “version” · ranked[\s\S]*#2 Write release notes/, 40)
    terminal.keys('Escape')
    await terminal.until('2 of 3')
    terminal.type('S')
    terminal.type('wait')
    terminal.keys('Enter')
    await terminal.until(/1 of 1 · waiting[\s\S]*> +2 waiting/)
    terminal.type('F')
    terminal.type('on')
    await terminal.until(/by number[\s\S]*#▲[\s\S]* 1 [\s\S]* 2 [\s\S]* 3 /)
    terminal.type('on')
    await terminal.until(/reversed[\s\S]*#▼[\s\S]* 3 pending[\s\S]* 1 pending/)
  })

  test('takes what is pasted for text, and hears of no paste when it is left', async () => {
    const demo = await threeTasks()
    const { terminal } = await uiIn(demo)
    terminal.paste('Dy\nDy\n')
    await terminal.until('Nothing was done')
    terminal.type('n')
    terminal.paste('Line one\nDy\n')
    await terminal.until('New task, in words: Line one Dy')
    terminal.keys('Enter')
    await terminal.until(/#4 Line one Dy/, 40)
    expect((await mhvJson(demo, 'task', 'list')).tasks).toHaveLength(4)
    terminal.keys('q')
    await terminal.until((seen) => seen.split('\n').at(-1) === PROMPT)
    terminal.type('cat')
    terminal.keys('Enter')
    await terminal.until(/\$ cat\n?$/)
    terminal.paste('plain')
    terminal.keys('Enter')
    await terminal.until(/\nplain\nplain/)
  })

  test('writes words into a new task, starts it, and takes that back', async () => {
    const demo = await threeTasks()
    const { terminal } = await uiIn(demo)
    terminal.type('n')
    terminal.type('Tidy the cellar #home')
    await terminal.until('New task, in words: Tidy the cellar')
    terminal.keys('Enter')
    await terminal.until(/#4 Tidy the cellar/)
    await terminal.until(/>\s+4 pending/)
    terminal.type('s')
    await terminal.until(/4 in_progress/, 40)
    expect((await mhvJson(demo, 'task', 'show', '4')).task.status).toBe('in_progress')
    await terminal.until(/Started #4 Tidy the cellar \(in_progress\)/)
    terminal.type('u')
    await terminal.until(/Undone: #4/, 40)
    await terminal.until(/ 4 pending/)
  })

  test('changes what is marked, all at once', async () => {
    const demo = await threeTasks()
    const { terminal } = await uiIn(demo)
    terminal.keys('Space', 'Space')
    await terminal.until('2 marked')
    terminal.type('l')
    terminal.type('soon -auth')
    await terminal.until(/Labels \(auth -ui\), of 2 tasks: soon -auth/)
    terminal.keys('Enter')
    await terminal.until(/Labelled 2 tasks: #1/)
    const { tasks } = await mhvJson(demo, 'tl')
    expect(tasks.map((task: { labels: string[] }) => task.labels)).toEqual([['soon'], ['soon'], []])
    terminal.keys('Home')
    terminal.type('ep')
    terminal.type('crit')
    terminal.keys('Enter')
    await terminal.until(/priority +critical/)
    terminal.type('x')
    terminal.type('1')
    await terminal.until(/1\. \[x\] refresh works/)
    terminal.type('c')
    terminal.type('- begins with a dash')
    terminal.keys('Enter')
    await terminal.until(/• begins with a dash/)
    terminal.type('D')
    await terminal.until(/Delete #1\?/)
    terminal.type('n')
    await terminal.until((seen) => !seen.includes('Delete #1?'))
    expect((await mhvJson(demo, 'tl')).total).toBe(3)
    terminal.type('D')
    terminal.type('y')
    await terminal.until(/1 of 2/)
  })

  test('says on opening that the list of repositories cannot be read, and goes on without', async () => {
    const demo = await threeTasks()
    writeFileSync(join(demo, 'repos.yaml'), 'repos: [\n')
    const { terminal } = await uiIn(demo)
    await terminal.until(/repos\.yaml:\d+ cannot be read/)
    terminal.keys('Down')
    await terminal.until(/> +2 waiting/)
  })

  test('takes back at once what one key did to several', async () => {
    const demo = await threeTasks()
    const statuses = async () =>
      (await mhvJson(demo, 'tl', '--sort', 'number')).tasks.map(({ status }: { status: string }) => status)
    await mhv(demo, 'task', 'check', '1', '1')
    const { terminal } = await uiIn(demo)
    terminal.keys('Space', 'Down', 'Space')
    await terminal.until('2 marked')
    terminal.type('s')
    await terminal.until(/Started 2 tasks: #1/, 40)
    expect(await statuses()).toEqual(['in_progress', 'pending', 'in_progress'])
    terminal.type('u')
    await terminal.until(/Undone 2 tasks: #3/, 40)
    expect(await statuses()).toEqual(['pending', 'pending', 'pending'])
    terminal.type('*')
    await terminal.until('3 marked')
    terminal.type('d')
    await terminal.until(/Completed 3 tasks: #1/, 40)
    terminal.type('u')
    await terminal.until(/Undone 3 tasks/, 40)
    expect(await statuses()).toEqual(['pending', 'pending', 'pending'])
  })

  test('says what went wrong, and runs the step that leads out of it', async () => {
    const demo = await threeTasks()
    const { terminal } = await uiIn(demo)
    terminal.type('d')
    const failure = await terminal.until('INCOMPLETE')
    expect(failure).toMatch(/MHV-008 INCOMPLETE: #1 still has open: criterion 1/)
    expect(failure).toMatch(/> mhv task check 1 1/)
    terminal.keys('Enter')
    await terminal.until(/task check 1 1: done/)
    terminal.keys('Escape')
    await terminal.until(/1\. \[x\] refresh works/)
    // A step with a hole is put into a line, with the cursor in the hole.
    terminal.keys('End')
    terminal.type(':task complete 2')
    terminal.keys('Enter')
    await terminal.until(/> mhv task show 2 *\n +mhv done 2 --force/)
    terminal.keys('Down')
    await terminal.until(/> mhv done 2 --force/)
    terminal.keys('Enter')
    await terminal.until(/Run: mhv done 2 --force --reason ""/)
    terminal.type('it is written')
    await terminal.until(/--reason "it is written"/)
    terminal.keys('Enter')
    await terminal.until(/done 2 .*: done/)
    expect((await mhvJson(demo, 'task', 'show', '2')).task.status).toBe('completed')
  })

  test('runs gates live when a task is done', async () => {
    const demo = await threeTasks()
    writeFileSync(
      join(demo, '.mhvrc.yaml'),
      'gates: [{ name: quick, command: "true" }, { name: slow, command: "sleep 2" }]\n',
    )
    git(demo, 'add', '.mhvrc.yaml')
    git(demo, 'commit', '--quiet', '--message', 'Gates')
    await mhv(demo, 'start', '3')
    const { terminal } = await uiIn(demo)
    await terminal.until(/> +3 in_progress/)
    terminal.type('d')
    await terminal.until(/Complete #3 +runs[\s\S]*quick +passed[\s\S]*slow +runs/)
    expect(terminal.screen()).not.toMatch(/slow +passed/)
    // What is on the screen can be moved in meanwhile, and nothing else is begun.
    terminal.keys('Down')
    await terminal.until(/> +1 /)
    terminal.type('u')
    await terminal.until(/Wait for “Complete #3” to end/)
    await terminal.until(/Completed #3 .*completed/, 40)
    terminal.type('Sall')
    terminal.keys('Enter')
    await terminal.until(/3 completed/)
  })

  test('follows what other processes change, with the cursor on its task', async () => {
    const demo = await threeTasks()
    const { terminal } = await uiIn(demo)
    terminal.keys('End')
    await terminal.until(/> +3 /)
    await mhvProcess(demo, ['tc', 'From elsewhere', '-p', 'critical', '--no-parse'])
    await terminal.until(/New: #4 From elsewhere \(pending\)/)
    expect(terminal.screen()).toMatch(/ • +4 pending[\s\S]*> +3 pending/)
    git(demo, 'pack-refs', '--all')
    await mhvProcess(demo, ['task', 'cancel', '4', '--reason', 'no'])
    await terminal.until(/Changed: #4 From elsewhere \(cancelled\)/)
    await terminal.until(/3 of 3/)
  })

  test('opens the editor with the terminal its own, and comes back', async () => {
    const demo = await threeTasks()
    git(demo, 'config', 'core.editor', 'printf "Written in an editor." >')
    const { terminal, modes } = await uiIn(demo)
    terminal.type('E')
    await terminal.until('Written in an editor.')
    git(demo, 'config', 'core.editor', 'stty -a < /dev/tty | grep -c " icanon" > /tmp/x; false')
    terminal.type('E')
    await terminal.until(/EDITOR_FAILED[\s\S]*Press Enter/)
    terminal.keys('Enter')
    await terminal.until('Written in an editor.')
    terminal.keys('q')
    await expectGivenBack(terminal, modes, PROMPT)
  })

  test('answers to the mouse: wheel, click on a task, on a column, and on the line between', async () => {
    const { terminal } = await uiIn(await threeTasks())
    const report = (code: number, x: number, y: number, end: 'M' | 'm' = 'M') =>
      terminal.type(`\u001b[<${code};${x};${y}${end}`)
    report(0, 10, 4)
    report(0, 10, 4, 'm')
    await terminal.until(/> +2 waiting/)
    report(0, 24, 2)
    await terminal.until(/TITLE▲[\s\S]*Emigré[\s\S]*Fix auth/)
    report(0, 41, 5)
    report(32, 60, 5)
    report(0, 60, 5, 'm')
    await terminal.until(/^ +# STATUS +PRIORITY TITLE▲ +│/m)
    report(65, 10, 4)
    await terminal.until(/> +/)
  })

  test('draws anew in another size, and says so where there is too little room', async () => {
    const { terminal } = await uiIn(await threeTasks())
    terminal.resize({ columns: 120, rows: 30 })
    const wide = await terminal.until(/PRIORITY[\s\S]*q quit$/)
    expect(wide.split('\n')).toHaveLength(30)
    terminal.resize({ columns: 64, rows: 14 })
    const narrow = await terminal.until(/^ demo[\s\S]*Fix auth bug[\s\S]*u undo$/)
    expect(narrow.split('\n')).toHaveLength(14)
    expect(narrow.split('\n').every((line) => line.length <= 64)).toBe(true)
    terminal.resize({ columns: 50, rows: 10 })
    await terminal.until(/This window is 50×10\. Make it 60×12 or larger/)
    terminal.resize({ columns: 80, rows: 24 })
    await terminal.until('needed by')
  })
})

describe.runIf(hasTerminal)('the terminal is as it was', () => {
  test('after q, and after Ctrl+C', async () => {
    const demo = await threeTasks()
    for (const key of ['q', 'C-c']) {
      const { terminal, modes } = await uiIn(demo)
      terminal.keys(key)
      await expectGivenBack(terminal, modes, PROMPT)
    }
  })

  test('after Ctrl+Z, and the view is back after fg', async () => {
    const { terminal, modes } = await uiIn(await threeTasks())
    terminal.keys('Down')
    await terminal.until(/> +2 waiting/)
    terminal.keys('C-z')
    await expectGivenBack(terminal, modes, /Stopped/)
    terminal.type('fg')
    terminal.keys('Enter')
    await terminal.until(/> +2 waiting/)
    terminal.keys('Up')
    await terminal.until(/> +1 pending/)
    terminal.keys('C-z')
    await terminal.until(/Stopped[\s\S]*Stopped/)
    terminal.type('fg')
    terminal.keys('Enter')
    await terminal.until(/> +1 pending/)
    terminal.keys('q')
    await terminal.until((seen) => seen.endsWith(PROMPT))
    expect(terminal.modes()).toBe(modes)
  })

  test('after Ctrl+Z, also where the size has changed meanwhile', async () => {
    const { terminal } = await uiIn(await threeTasks())
    terminal.keys('C-z')
    await terminal.until(/Stopped/)
    terminal.resize({ columns: 120, rows: 30 })
    await terminal.until(/Stopped/)
    terminal.type('fg')
    terminal.keys('Enter')
    const wide = await terminal.until(/PRIORITY[\s\S]*q quit$/)
    expect(wide.split('\n')).toHaveLength(30)
  })

  test('after signals that end it', async () => {
    const demo = await threeTasks()
    for (const [signal, code] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
    ] as const) {
      const { terminal, modes } = await uiIn(demo)
      process.kill(terminal.foreground(), signal)
      await terminal.until((seen) => seen.split('\n').at(-1) === PROMPT)
      terminal.type('echo ended with $?')
      terminal.keys('Enter')
      await terminal.until(`ended with ${code}`)
      await expectGivenBack(terminal, modes, PROMPT)
    }
  })

  test('after a crash, which is told once the terminal is back', async () => {
    const { terminal, modes } = await uiIn(await threeTasks(), undefined, { MHV_FAULT: 'ui key' })
    terminal.keys('Down')
    await terminal.until(/This was asked for by MHV_FAULT/)
    terminal.type('echo ended with $?')
    terminal.keys('Enter')
    await terminal.until('ended with 1')
    await expectGivenBack(terminal, modes, /bug in mhv/)
  })

  test.each(['SIGKILL', 'SIGSEGV', 'SIGABRT'] as const)(
    'after %s, which it cannot answer to',
    async (signal) => {
      const { terminal, modes } = await uiIn(await threeTasks())
      const pid = terminal.foreground()
      process.kill(pid, signal)
      await terminal.until((seen) => !seen.includes('STATUS'))
      terminal.keys('Enter')
      await expectGivenBack(terminal, modes, PROMPT)
    },
  )

  test('after that also where a script goes on with the terminal, which sets nothing back by itself', async () => {
    const script = `"$MHV_NODE" "$MHV_PROGRAM" ui; sleep 1; read -r line; echo "mhv ui, then $line"`
    const { terminal, modes } = await uiIn(await threeTasks(), undefined, {}, `sh -c '${script}'`)
    const view = execFileSync('pgrep', ['-P', `${terminal.foreground()}`], { encoding: 'utf8' })
    process.kill(Number(view), 'SIGKILL')
    await terminal.until((seen) => !seen.includes('STATUS'))
    await pause(1500)
    terminal.type('this')
    terminal.keys('Enter')
    await expectGivenBack(terminal, modes, /\nthis\nmhv ui, then this/)
  })

  test('where no view can be opened, and the ways to the same are told', async () => {
    const demo = await threeTasks()
    const { code, err } = await mhvProcess(demo, ['ui'])
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringMatching(/there is no terminal[\s\S]*mhv task list/),
    })
    // A command for each view, that of the one that was asked for first.
    const { err: told } = await mhvProcess(demo, ['ui', '--plain', '--view', 'plan'])
    const steps = told.split('Try:\n')[1]!.trim().split(/\n\s*/)
    expect(steps).toHaveLength(VIEW_NAMES.length)
    expect(steps[0]).toBe('mhv plan')
    for (const step of steps) {
      const answer = await mhvProcess(demo, step.split(' ').slice(1))
      expect({ step, ...answer }).toMatchObject({ code: 0, err: '' })
    }
    for (const [env, why] of [
      ['MHV_PLAIN=1', 'plain output was asked for'],
      ['TERM=dumb', 'TERM=dumb'],
    ] as const) {
      const terminal = await terminalIn(demo)
      terminal.type(`${env} mhv ui`)
      terminal.keys('Enter')
      await terminal.until((seen) => seen.includes(why) && seen.includes('mhv task list'))
    }
    const terminal = await terminalIn(temporaryRepository())
    terminal.type('mhv ui')
    terminal.keys('Enter')
    await terminal.until(/NOT_INITIALISED[\s\S]*mhv init/)
  })

  test('addresses in a description are links where the terminal shows them, whatever they are written with', async () => {
    const demo = temporaryRepository()
    await mhv(demo, 'init', '--no-hooks')
    await mhv(demo, 'tc', 'Look', '--no-parse', '--description', 'See [**the** page](https://a.b/ü😀).')
    const drawn: string[] = []
    for (const force of ['1', '0']) {
      const terminal = await terminalIn(demo, { columns: 120, rows: 30 })
      terminal.type(`FORCE_HYPERLINK=${force} script -qefc '"$MHV_NODE" "$MHV_PROGRAM" ui' drawn${force}`)
      terminal.keys('Enter')
      await terminal.until(/the page/)
      terminal.keys('q')
      await terminal.until((seen) => seen.endsWith(PROMPT))
      drawn.push(readFileSync(join(demo, `drawn${force}`), 'utf8'))
    }
    expect(drawn[0]).toContain('\u001b]8;;https://a.b/%C3%BC%F0%9F%98%80\u0007')
    expect(drawn[1]).not.toContain('\u001b]8')
  })
})
