import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findRepository } from '../../src/git/repository.ts'
import { type Merged, mergedHow } from '../../src/worktrees/merged.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { commitFile } from '../support/worktrees.ts'

const LINES = Array.from({ length: 30 }, (_, i) => `line ${i}\n`)
const withLine = (place: number, text: string, lines = LINES) =>
  lines.map((line, i) => (i === place ? `${text}\n` : line)).join('')

/** A repository on main with a branch `work` that begins there and is checked out. */
function onBranch(): string {
  const demo = temporaryRepository()
  commitFile(demo, 'file.txt', LINES.join(''))
  git(demo, 'switch', '--quiet', '--create', 'work')
  return demo
}

const onMain = (demo: string, work: () => void): void => {
  git(demo, 'switch', '--quiet', 'main')
  work()
  git(demo, 'switch', '--quiet', 'work')
}

function squash(demo: string): void {
  git(demo, 'merge', '--quiet', '--squash', 'work')
  git(demo, 'commit', '--quiet', '--message', 'Squashed')
}

function twoCommits(demo: string): void {
  commitFile(demo, 'file.txt', withLine(3, 'mine'))
  commitFile(demo, 'new.txt', 'new\n')
}

const CASES: readonly [string, Merged['how'], (demo: string) => void][] = [
  ['nothing since its start', 'empty', () => {}],
  [
    'nothing but what it was brought up to date with',
    'empty',
    (demo) => {
      onMain(demo, () => commitFile(demo, 'other.txt', 'other'))
      git(demo, 'merge', '--quiet', 'main')
    },
  ],
  [
    'nothing but what it was rebased on',
    'empty',
    (demo) => {
      onMain(demo, () => commitFile(demo, 'other.txt', 'other'))
      git(demo, 'rebase', '--quiet', 'main')
    },
  ],
  [
    'an empty commit, merged',
    'empty',
    (demo) => {
      git(demo, 'commit', '--quiet', '--allow-empty', '--message', 'Nothing')
      onMain(demo, () => git(demo, 'merge', '--quiet', 'work'))
    },
  ],
  [
    'an empty commit',
    'empty',
    (demo) => {
      git(demo, 'commit', '--quiet', '--allow-empty', '--message', 'Nothing')
    },
  ],
  ['commits of its own', 'not merged', twoCommits],
  [
    'commits that main was moved forward to',
    'ancestor',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => git(demo, 'merge', '--quiet', 'work'))
    },
  ],
  [
    'commits that main has merged',
    'ancestor',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => git(demo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'work'))
    },
  ],
  [
    'commits that main has merged and gone on from',
    'ancestor',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => {
        git(demo, 'merge', '--quiet', 'work')
        commitFile(demo, 'file.txt', 'all different\n')
      })
    },
  ],
  [
    'a merge and a commit after it',
    'not merged',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => git(demo, 'merge', '--quiet', 'work'))
      commitFile(demo, 'later.txt', 'later')
    },
  ],
  [
    'commits that main has picked one by one',
    'rebased',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => {
        commitFile(demo, 'other.txt', 'other')
        git(demo, 'cherry-pick', 'main~1..work')
      })
    },
  ],
  [
    'one of two commits picked',
    'not merged',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => git(demo, 'cherry-pick', 'work~1'))
    },
  ],
  [
    'a squash merge',
    'squashed',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => squash(demo))
    },
  ],
  [
    'a squash merge that main went on from in the same file',
    'squashed',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => {
        squash(demo)
        commitFile(demo, 'file.txt', withLine(3, 'theirs by now'))
      })
    },
  ],
  [
    'a squash merge into a main that had gone on near by',
    'squashed',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => {
        commitFile(demo, 'file.txt', withLine(6, 'near'))
        squash(demo)
      })
    },
  ],
  [
    'a squash merge and a commit after it',
    'not merged',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => squash(demo))
      commitFile(demo, 'later.txt', 'later')
    },
  ],
  [
    'a squash merge that was reverted',
    'not merged',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => {
        squash(demo)
        git(demo, 'revert', '--no-edit', 'HEAD')
      })
    },
  ],
  [
    'a squash merge that was reverted and reverted again',
    'squashed',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => {
        squash(demo)
        git(demo, 'revert', '--no-edit', 'HEAD')
        git(demo, 'revert', '--no-edit', 'HEAD')
      })
    },
  ],
  [
    'a picked commit that was reverted',
    'not merged',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => {
        commitFile(demo, 'other.txt', 'other')
        git(demo, 'cherry-pick', 'main~1..work')
        git(demo, 'revert', '--no-edit', 'HEAD')
      })
    },
  ],
  [
    'a change and its reverse, of which main has nothing',
    'not merged',
    (demo) => {
      commitFile(demo, 'new.txt', 'precious\n')
      git(demo, 'rm', '--quiet', 'new.txt')
      git(demo, 'commit', '--quiet', '--message', 'Not now')
    },
  ],
  [
    'a main merged into it, then a squash merge',
    'squashed',
    (demo) => {
      twoCommits(demo)
      onMain(demo, () => commitFile(demo, 'other.txt', 'other'))
      git(demo, 'merge', '--quiet', '--no-edit', 'main')
      onMain(demo, () => squash(demo))
    },
  ],
  [
    'a change that only a merge driver hides',
    'not merged',
    (demo) => {
      git(demo, 'config', 'merge.ours.driver', 'true')
      onMain(demo, () => {
        commitFile(demo, '.gitattributes', 'file.txt merge=ours\n')
      })
      git(demo, 'merge', '--quiet', 'main')
      commitFile(demo, 'file.txt', withLine(3, 'mine'))
      onMain(demo, () => commitFile(demo, 'file.txt', withLine(20, 'theirs')))
    },
  ],
  [
    'a change that differs from main’s in white space only',
    'not merged',
    (demo) => {
      commitFile(demo, 'code.py', 'if x:\n    y()\n')
      onMain(demo, () => commitFile(demo, 'code.py', 'if x:\n  y()\n'))
    },
  ],
  [
    'another binary file than main has under its name',
    'not merged',
    (demo) => {
      writeFileSync(join(demo, 'a.bin'), Buffer.from([0, 1, 2, 3]))
      git(demo, 'add', 'a.bin')
      git(demo, 'commit', '--quiet', '--message', 'Binary')
      onMain(demo, () => {
        writeFileSync(join(demo, 'a.bin'), Buffer.from([0, 4, 5, 6]))
        git(demo, 'add', 'a.bin')
        git(demo, 'commit', '--quiet', '--message', 'Binary')
      })
    },
  ],
  [
    'a mode that main does not have',
    'not merged',
    (demo) => {
      git(demo, 'update-index', '--chmod=+x', 'file.txt')
      git(demo, 'commit', '--quiet', '--message', 'Mode')
      git(demo, 'reset', '--quiet', '--hard')
    },
  ],
  [
    'commits on a remote',
    'pushed',
    (demo) => {
      twoCommits(demo)
      git(demo, 'update-ref', 'refs/remotes/origin/work', 'work')
    },
  ],
  [
    'commits on a remote and one after them',
    'not merged',
    (demo) => {
      twoCommits(demo)
      git(demo, 'update-ref', 'refs/remotes/origin/work', 'work')
      commitFile(demo, 'later.txt', 'later')
    },
  ],
  [
    'nothing, though main is on a remote',
    'empty',
    (demo) => {
      git(demo, 'update-ref', 'refs/remotes/origin/main', 'main')
    },
  ],
]

test.each(CASES)('a branch with %s is %s', async (_what, how, prepare) => {
  const demo = onBranch()
  const base = git(demo, 'rev-parse', 'HEAD')
  // Whatever people have configured for their own eyes.
  for (const [name, value] of [
    ['diff.noprefix', 'true'],
    ['diff.algorithm', 'histogram'],
    ['diff.renames', 'copies'],
    ['color.ui', 'always'],
  ] as const) {
    git(demo, 'config', name, value)
  }
  prepare(demo)
  const repository = await findRepository(demo)
  const main = { name: 'main', ref: 'refs/heads/main', commit: git(demo, 'rev-parse', 'main') }
  const tip = git(demo, 'rev-parse', 'work')
  const ofStart = await mergedHow(repository, { branch: 'work', tip, base }, [main])
  expect(ofStart.how).toBe(how)
  // A clone has no record of where the branch began; then the reflog tells.
  expect((await mergedHow(repository, { branch: 'work', tip, base: null }, [main])).how).toBe(how)
})

test('a branch counts as merged where any of the branches that count has its work', async () => {
  const demo = onBranch()
  const base = git(demo, 'rev-parse', 'HEAD')
  twoCommits(demo)
  git(demo, 'update-ref', 'refs/remotes/origin/main', 'work')
  const repository = await findRepository(demo)
  const targets = ['refs/heads/main', 'refs/remotes/origin/main'].map((ref) => ({
    name: ref.replace(/^refs\/\w+\//, ''),
    ref,
    commit: git(demo, 'rev-parse', ref),
  }))
  const tip = git(demo, 'rev-parse', 'work')
  expect(await mergedHow(repository, { branch: 'work', tip, base }, targets)).toEqual({
    how: 'ancestor',
    into: 'origin/main',
  })
  expect(await mergedHow(repository, { branch: 'work', tip, base }, [])).toEqual({
    how: 'unknown',
    into: null,
  })
})
