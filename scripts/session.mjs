// The session that the README shows, run for real: commands typed into a shell, with what they print.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './commands-module.mjs'

/** A Monday, so that “by Friday” is of the same week. */
const NOW = '2026-11-23T09:00:00.000Z'

/** What happens before the session, unseen: four repositories, one of which has gates and a remote. */
const BEFORE = `
cd ~/src
git init -q --bare ~/remote.git
git clone -q ~/remote.git session-buddy 2>/dev/null
cd session-buddy
printf 'def refresh(token):\\n    return None\\n' > auth.py
printf 'gates: [{name: test, command: "sleep 0.2"}]\\n' > .mhvrc.yaml
git add --all && git commit -qm 'First commit' && git push -q origin main
for other in crackerjack dhara; do
  git init -q ~/src/$other && cd ~/src/$other && git commit -q --allow-empty -m 'First commit' && mhv init --no-hooks
done
cd ~/src
printf 'repos:\\n- {name: session-buddy, path: session-buddy}\\n- {name: crackerjack, path: crackerjack}\\n- {name: dhara, path: dhara}\\n' > repos.yaml
mhv tc --repo dhara 'Keep trails for a year' --yes
mhv tc --repo crackerjack 'Ship the audit report' --priority high --depends-on 'dhara#1' --yes
`

/** What somebody else does in a clone of their own, unseen. */
const ELSEWHERE = `
git clone -q ~/remote.git ~/elsewhere 2>/dev/null && cd ~/elsewhere
mhv init --no-hooks && mhv sync
mhv tc 'Keep sessions for a week' --yes
mhv sync
`

/** Lines that are typed, and what happens unseen between them. */
const SESSION = [
  'mhv init --hooks',
  'mhv tc "Fix auth bug by Friday, high priority #auth" --criterion "refresh works after 1 h"',
  'mhv tc "Write release notes" --depends-on 1',
  'mhv tl',
  'mhv ts "login defect"                                # other words for the same thing',
  'mhv start 1',
  'cd ~/src/session-buddy.worktrees/1-fix-auth-bug      # `mhv shell-init` does this for you',
  { unseen: "printf 'def refresh(token):\\n    return token\\n' > auth.py" },
  'git commit -qam "Return the refreshed token"',
  'mhv done',
  'mhv task check 1 1 --evidence "tried by hand" && mhv done',
  'git push --quiet origin task/1                       # the hook finds the pass that is recorded',
  { unseen: 'cd ~/src/session-buddy && mhv sync' },
  { unseen: ELSEWHERE },
  { unseen: "cd ~/src/session-buddy && mhv tc 'Speed up start' --yes" },
  'mhv sync                                             # somebody else had pushed tasks meanwhile',
  'cd .. && mhv tl --all                                # every repository that repos.yaml lists',
  'mhv done dhara#1',
]

/** The session without what differs from run to run: seconds of gates, and ids. */
export const lasting = (session) =>
  session.replace(/^(\S+ {2}passed +)\d+\.\d$/gm, '$1…').replace(/\b01[0-9A-HJKMNP-TV-Z]{24}\b/g, '…')

/**
 * Runs the session in a home of its own, which is removed.
 * @returns what a terminal would show. Throws when what is unseen fails.
 */
export function recordSession() {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'mhv-session-')))
  try {
    const [home, bin] = [join(place, 'home'), join(place, 'bin')]
    mkdirSync(join(home, 'src'), { recursive: true })
    mkdirSync(bin)
    writeFileSync(
      join(bin, 'mhv'),
      `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'bin', 'run.js')}" "$@"\n`,
    )
    chmodSync(join(bin, 'mhv'), 0o755)
    writeFileSync(
      join(home, '.gitconfig'),
      '[user]\n\tname = Ann\n\temail = ann@example.com\n[init]\n\tdefaultBranch = main\n',
    )
    const env = {
      PATH: `${bin}:${process.env.PATH}`,
      HOME: home,
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      MHV_NOW: NOW,
      GIT_CONFIG_NOSYSTEM: '1',
    }
    let cwd = home
    /** Runs a line where the one before it ended. */
    const run = (line) => {
      const went = join(place, 'cwd')
      const script = `exec 2>&1\ncd "$1"\n${line}\nmhv_status=$?\npwd > "$2"\nexit $mhv_status`
      const { stdout, status } = spawnSync('bash', ['-c', script, 'bash', cwd, went], {
        env,
        encoding: 'utf8',
      })
      cwd = readFileSync(went, 'utf8').trim()
      return { said: stdout.replaceAll(home, '~').trimEnd(), status }
    }
    const unseen = (line) => {
      const { said, status } = run(`set -e\n${line}`)
      if (status !== 0) throw new Error(`the session could not be recorded: ${line}\n${said}`)
    }
    unseen(BEFORE)
    cwd = join(home, 'src', 'session-buddy')
    const shown = []
    for (const line of SESSION) {
      if (typeof line !== 'string') {
        unseen(line.unseen)
        continue
      }
      const { said } = run(line)
      shown.push(`$ ${line}`, ...(said === '' ? [] : [said]))
    }
    return shown.join('\n')
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
