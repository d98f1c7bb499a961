import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asksItsName } from '../../src/hooks/hook-place.ts'
import { shimText } from '../../src/hooks/shim.ts'
import { PROGRAM } from '../support/cli.ts'
import { gitSays, script, withRemote } from '../support/hooks.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

/** A hook that writes down what it was given, and ends as it is told to. */
const RECORDER = `#!/bin/sh
{
  echo "name $(basename "$0")"
  for each in "$@"; do echo "arg <$each>"; done
  echo "dir $GIT_DIR"
  sed 's/^/in /'
} >>"$RECORD"
exit "\${ENDS-0}"
`

async function chained(name: string, text = RECORDER) {
  const demo = temporaryRepository()
  script(join(demo, '.git', 'hooks', name), text)
  const record = join(temporaryDirectory(), 'record')
  return { demo, record, install: () => run(demo, 'hooks', 'install') }
}

describe('a hook that was there', () => {
  test('gets the arguments, standard input and environment that it got without us, and stops git as before', async () => {
    const { demo, record, install } = await chained(
      'pre-push',
      RECORDER.replace('echo "name $(basename "$0")"', 'env | grep -v "^_=" | sort'),
    )
    withRemote(demo)
    const push = (ends: string) => {
      writeFileSync(record, '')
      const said = gitSays(demo, ['push', '--quiet', 'origin', 'main', 'HEAD:refs/heads/two'], {
        RECORD: record,
        ENDS: ends,
      })
      return { status: said.status, record: readFileSync(record, 'utf8') }
    }
    const before = push('7')
    expect(before).toMatchObject({
      status: 1,
      record: expect.stringMatching(/^in refs\/heads\/main [0-9a-f]{40} refs\/heads\/main 0{40}$/m),
    })
    await install()
    expect(push('7')).toEqual(before)
    const after = push('0')
    expect(after).toEqual({ status: 0, record: before.record.replace('ENDS=7', 'ENDS=0') })
  })

  test.each([
    ['a script that it reads', '. "$(dirname "$0")/library.sh"\n'],
    ['bash', `#!/usr/bin/env bash\n[ "\${BASH_SOURCE[0]##*/}" != pre-commit ] || exit 1\n`],
    [
      'Python',
      "#!/usr/bin/env python3\nimport os, sys\nsys.exit(os.path.basename(sys.argv[0]) == 'pre-commit')\n",
    ],
  ])('is called by its own name where it asks for that: %s', async (_, text) => {
    const { demo, install } = await chained('pre-commit', text.startsWith('#!') ? text : `#!/bin/sh\n${text}`)
    writeFileSync(
      join(demo, '.git', 'hooks', 'library.sh'),
      '[ "$(basename "$0")" != pre-commit ] || exit 1\n',
    )
    const commit = () => gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'x']).status
    expect(commit()).toBe(1)
    await install()
    expect(commit()).toBe(1)
    await run(demo, 'hooks', 'uninstall')
    expect(commit()).toBe(1)
  })

  test('is called by its own name once it asks for that, although it stood aside before', async () => {
    const { demo, install } = await chained('pre-commit', '#!/bin/sh\nexit 0\n')
    await install()
    const kept = join(demo, '.git', 'hooks', 'pre-commit.before-mhv')
    writeFileSync(kept, '#!/bin/sh\n[ "$(basename "$0")" != pre-commit ] || exit 1\n')
    await install()
    expect(gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'x']).status).toBe(1)
    expect(existsSync(kept)).toBe(false)
  })

  test.each([
    ['#!/bin/sh\nnpm test\n', false],
    ['#!/bin/sh\nHERE="$(cd "$(dirname "$0")" && pwd)"\nexec tool --hook-dir "$HERE" -- "$@"\n', false],
    ['#!/bin/sh\ncall_lefthook run "pre-push" "$@"\n', false],
    [`#!/bin/sh\ncd "\${0%/*}"\n`, false],
    [`#!/bin/sh\ncase \${0##*/} in pre-push) ;; esac\n`, true],
    ['#!/bin/sh\n  . ./library\n', true],
    ['#!/bin/bash\nsource lib/hooks.bash\n', true],
    ['#!/usr/bin/env node\nconsole.log(process.argv[1])\n', true],
    ['#!/usr/bin/perl\nuse FindBin;\n', true],
    ['#!/bin/sh\n[ -f lib ] && . "$lib"\n', true],
    ['#!/bin/sh\nif [ -f lib ]; then . ./lib; fi\n', true],
    ['#!/usr/bin/perl\nprint basename(__FILE__);\n', true],
    ['#!/bin/bash\necho $BASH_ARGV0\n', true],
    ['#!/opt/tool --as-hook\n', true],
    ['#!/bin/sh\necho end. And so on\n', false],
    ['\u007fELF', true],
  ])('whether it asks for its name: %j', (text, asks) => {
    expect(asksItsName(text)).toBe(asks)
  })

  test('answers git with its own status where git asks afterwards', async () => {
    const { demo, record, install } = await chained('post-checkout')
    const env = { RECORD: record, ENDS: '5' }
    const { status } = gitSays(demo, ['checkout', '--quiet', '-b', 'before'], env)
    expect(status).not.toBe(0)
    await install()
    expect(gitSays(demo, ['checkout', '--quiet', '-b', 'after'], env).status).toBe(status)
    expect(readFileSync(record, 'utf8')).toMatch(/^arg <[0-9a-f]{40}>\narg <[0-9a-f]{40}>\narg <1>$/m)
  })

  test('gets what post-rewrite says on standard input', async () => {
    const { demo, record, install } = await chained('post-rewrite')
    await install()
    const old = git(demo, 'rev-parse', 'HEAD')
    gitSays(demo, ['commit', '--quiet', '--amend', '--allow-empty', '-m', 'Again'], { RECORD: record })
    expect(readFileSync(record, 'utf8')).toContain(`arg <amend>\n`)
    expect(readFileSync(record, 'utf8')).toContain(`in ${old} ${git(demo, 'rev-parse', 'HEAD')}\n`)
  })

  test('that may not be executed is not run, as git would not have', async () => {
    const { demo, record, install } = await chained('pre-commit')
    script(join(demo, '.git', 'hooks', 'pre-commit'), RECORDER, 0o644)
    await install()
    expect(
      gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A'], { RECORD: record, ENDS: '1' }).status,
    ).toBe(0)
    expect(existsSync(record)).toBe(false)
  })

  test.each(['in place', 'led to'])(
    'without a first line that names its shell runs as with git (%s)',
    async (how) => {
      const { demo, record, install } = await chained('pre-commit', RECORDER.replace('#!/bin/sh\n', ''))
      script(join(demo, '.git', 'hooks', 'post-commit'), RECORDER.replace('#!/bin/sh\n', ''))
      if (how === 'led to') git(demo, 'config', 'core.hooksPath', '.git/hooks')
      await install()
      gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A'], { RECORD: record })
      expect(readFileSync(record, 'utf8')).toMatch(/^name pre-commit/)
      expect(readFileSync(record, 'utf8')).toMatch(/^name post-commit$/m)
    },
  )

  test('that knows itself by its name, as one script for many hooks does, keeps its name', async () => {
    const { demo, record, install } = await chained('pre-commit')
    await install()
    gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A'], { RECORD: record })
    expect(readFileSync(record, 'utf8')).toMatch(/^name pre-commit$/m)
  })

  test('finds what lies beside it: pre-commit’s framework looks for the hook that it replaced', async () => {
    const { demo, record, install } = await chained(
      'pre-commit',
      `#!/bin/sh\nHERE="$(cd "$(dirname "$0")" && pwd)"\n[ -x "$HERE/pre-commit.legacy" ] && "$HERE/pre-commit.legacy" "$@"\necho framework >>"$RECORD"\n`,
    )
    script(join(demo, '.git', 'hooks', 'pre-commit.legacy'), '#!/bin/sh\necho legacy >>"$RECORD"\n')
    await install()
    gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A'], { RECORD: record })
    expect(readFileSync(record, 'utf8')).toBe('legacy\nframework\n')
  })

  test('of git-lfs, which reads all of standard input of a push, gets all of it', async () => {
    const { demo, record, install } = await chained(
      'pre-push',
      '#!/bin/sh\ncommand -v cat >/dev/null 2>&1 || { echo >&2 "not found"; exit 2; }\ncat >"$RECORD"\n',
    )
    const origin = withRemote(demo)
    for (let i = 0; i < 300; i++)
      git(demo, 'update-ref', `refs/heads/branch-with-a-rather-long-name/${i}`, 'HEAD')
    await install()
    expect(gitSays(demo, ['push', '--quiet', '--all', 'origin'], { RECORD: record }).status).toBe(0)
    expect(readFileSync(record, 'utf8').split('\n')).toHaveLength(302)
    expect(git(origin, 'for-each-ref', 'refs/heads').split('\n')).toHaveLength(301)
  })

  test('that ends without reading standard input breaks nothing', async () => {
    const { demo, install } = await chained('pre-push', '#!/bin/sh\nexit 0\n')
    withRemote(demo)
    await install()
    expect(gitSays(demo, ['push', '--quiet', 'origin', 'main'])).toMatchObject({ status: 0, err: '' })
  })
})

describe('a hook manager that takes our places while it runs as the hook in front', () => {
  /** As `lefthook run` does once its configuration has changed. */
  const TAKER = `#!/bin/sh
call_lefthook() { :; }
if [ -e "$TAKES" ]; then
  rm "$TAKES"
  for each in pre-commit pre-push; do
    mv "\${0%/*}/$each" "\${0%/*}/$each.old"
    cp "$ITSELF" "\${0%/*}/$each"
  done
  exit "\${ENDS-0}"
fi
echo manager >&2
`
  test.each([
    ['pre-push', '0'],
    ['pre-push', '1'],
    ['pre-commit', '0'],
    ['pre-commit', '1'],
  ])('in %s, which ends with %s: ours are back in front, and it says so', async (hook, ends) => {
    const { demo, install } = await chained(hook, TAKER)
    withRemote(demo)
    const directory = temporaryDirectory()
    const env = { TAKES: join(directory, 'takes'), ITSELF: join(directory, 'itself'), ENDS: ends }
    script(env.ITSELF, TAKER)
    await install()
    writeFileSync(env.TAKES, '')
    const act = () =>
      hook === 'pre-push'
        ? gitSays(demo, ['push', '--quiet', 'origin', 'main'], env)
        : gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A'], env)
    const first = act()
    expect(first.status).toBe(Number(ends))
    expect(first.err).toContain(
      'mhv: something took the place of these hooks, which are back in front of it: pre-commit pre-push\n',
    )
    const again = await run(demo, 'hooks', 'status')
    expect(again).toContain('alive')
    if (ends === '1' || hook === 'pre-commit') expect(act()).toMatchObject({ status: 0, err: 'manager\n' })
  })

  test('is not mended where it took a place before, as somebody may have wanted it to', async () => {
    const { demo, install } = await chained('pre-commit', '#!/bin/sh\necho theirs >&2\n')
    await install()
    const over = join(demo, '.git', 'hooks', 'pre-push')
    script(over, '#!/bin/sh\necho over >&2\n')
    expect(gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A']).err).toBe('theirs\n')
    expect(readFileSync(over, 'utf8')).toContain('over')
  })

  test('says loudly where they cannot be put back', async () => {
    const { demo, install } = await chained('pre-push', TAKER)
    withRemote(demo)
    const directory = temporaryDirectory()
    const env = { TAKES: join(directory, 'takes'), ITSELF: join(directory, 'itself') }
    script(env.ITSELF, TAKER)
    await install()
    writeFileSync(env.TAKES, '')
    const hook = join(demo, '.git', 'hooks', 'pre-push')
    script(hook, readFileSync(hook, 'utf8').replace(/^mhv_program=.*$/m, "mhv_program='/nowhere/run.js'"))
    expect(gitSays(demo, ['push', '--quiet', 'origin', 'main'], env).err).toMatch(
      /^mhv: SOMETHING TOOK THE PLACE .*mhv hooks install.*: pre-commit pre-push$/m,
    )
  })

  test('is left alone where our hooks were taken away meanwhile, on purpose', async () => {
    const { demo, install } = await chained(
      'pre-push',
      `#!/bin/sh\n'${process.execPath}' '${PROGRAM}' hooks uninstall\n`,
    )
    withRemote(demo)
    await install()
    expect(gitSays(demo, ['push', '--quiet', 'origin', 'main']).err).not.toContain('mhv:')
    expect(existsSync(join(demo, '.git', 'hooks', 'pre-push.before-mhv'))).toBe(false)
  })
})

/** A hook of ours as a file, outside of any repository. */
function shimIn(
  directory: string,
  hook: string,
  facts: Partial<Parameters<typeof shimText>[0]> = {},
): string {
  const path = join(directory, 'hooks', hook)
  script(
    path,
    shimText({ hook, node: process.execPath, program: PROGRAM, former: null, top: directory, ...facts }),
  )
  return path
}

describe.each([['dash'], ['bash']])('under %s', (shell) => {
  const LINE = `refs/heads/main ${'1'.repeat(40)} refs/heads/main ${'0'.repeat(40)}\n`
  const start = (path: string, args: string[], input = LINE, env: Record<string, string> = {}) => {
    const { status, stdout, stderr } = spawnSync(`/usr/bin/${shell}`, [path, ...args], {
      input,
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', ...env },
    })
    return { status, out: stdout, err: stderr }
  }

  test.each([
    ['', '0'],
    [LINE, '0'],
    [`${LINE}${LINE}`, '0'],
    ['no line feed at its end', '0'],
    ['\n\n  blanks \\ and \\n backslashes\t\n', '9'],
  ])('standard input %j is handed on as it is', (input, ends) => {
    const directory = temporaryDirectory()
    const path = shimIn(directory, 'pre-push', { program: '/nowhere/run.js' })
    script(`${path}.before-mhv`, `#!/bin/sh\ncat >'${directory}/got'\nexit ${ends}\n`)
    expect(start(path, ['origin', 'url'], input).status).toBe(Number(ends))
    expect(readFileSync(join(directory, 'got'), 'utf8')).toBe(input)
  })

  test.each(['pre-push', 'pre-commit', 'post-rewrite'])(
    'where the program is gone, %s says so in one line and goes on',
    (hook) => {
      const directory = temporaryDirectory()
      const path = shimIn(directory, hook, { program: '/nowhere/run.js' })
      script(join(directory, 'worktrees', 'x'), '')
      const said = start(path, ['a', 'b'])
      expect(said).toMatchObject({ status: 0, out: '' })
      expect(said.err).toMatch(new RegExp(`^mhv: not found any more, so ${hook} goes on without it .*\n$`))
    },
  )

  test('where Node is gone, but another is on the PATH, that runs the program', () => {
    const directory = temporaryDirectory()
    const path = shimIn(directory, 'pre-push', { node: '/nowhere/node', program: join(directory, 'run.js') })
    writeFileSync(join(directory, 'run.js'), 'process.exitCode = 3')
    symlinkSync(process.execPath, join(directory, 'node'))
    expect(start(path, ['a', 'b'], LINE, { PATH: `${directory}:/usr/bin:/bin` }).status).toBe(1)
    renameSync(join(directory, 'node'), join(directory, 'nodejs'))
    if (!existsSync('/usr/bin/node')) expect(start(path, ['a', 'b']).err).toMatch(/not found any more/)
  })

  test.each([
    ['/usr/bin:/bin', '/usr/bin:/bin:DIRECTORY'],
    ['/usr/bin:DIRECTORY:/bin', '/usr/bin:DIRECTORY:/bin'],
    ['', 'DIRECTORY'],
  ])('where PATH is %j, gates also find what came with Node, last', (path, found) => {
    for (const hook of ['pre-push', 'pre-commit']) {
      const directory = temporaryDirectory()
      const node = join(directory, 'node')
      script(node, '#!/bin/sh\necho "$PATH"\n')
      const shim = shimIn(directory, hook, { node, program: node })
      const said = start(shim, ['a', 'b'], LINE, { PATH: path.replace('DIRECTORY', directory) })
      expect(said).toEqual({ status: 0, out: `${found.replace('DIRECTORY', directory)}\n`, err: '' })
    }
  })

  test.each([
    ['process.exitCode = 0', 0, ''],
    ['process.exitCode = 3', 1, ''],
    ['process.exitCode = 1', 0, 'failed with status 1'],
    ['throw new Error("torn")', 0, 'failed with status 1'],
    ['this is no program', 0, 'failed with status 1'],
    ['process.kill(process.pid, "SIGSEGV")', 0, 'failed with status 139'],
    ['process.kill(process.pid, "SIGKILL")', 137, 'was killed before it had an answer, so pre-push stops'],
    ['process.kill(process.pid, "SIGINT")', 130, ''],
  ])('a program that does %s: the push ends with %i', (text, status, part) => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'run.js'), text)
    const said = start(shimIn(directory, 'pre-push', { program: join(directory, 'run.js') }), [
      'origin',
      'url',
    ])
    expect(said.status).toBe(status)
    expect(said.err).toContain(part)
  })

  test('a question is answered before any hook is run, and a hook never chains to itself', () => {
    const directory = temporaryDirectory()
    const path = shimIn(directory, 'post-commit', { former: join(directory, 'hooks') })
    expect(start(path, [])).toEqual({ status: 0, out: '', err: '' })
    script(`${path}.before-mhv`, '#!/bin/sh\nexit 9\n')
    const asked = { MHV_HOOK_CANARY: 'word' }
    expect(start(path, [], '', asked)).toEqual({ status: 0, out: '', err: 'word post-commit alive\n' })
    const lost = shimIn(directory, 'post-merge', { program: '/nowhere' })
    expect(start(lost, [], '', asked)).toMatchObject({ status: 0, err: 'word post-merge lost\n' })
  })
})
