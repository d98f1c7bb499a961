import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { mhv, mhvJson } from './cli.ts'
import { git, temporaryRepository } from './repository.ts'

/** Writes a file, making the directories around it. */
export function put(directory: string, name: string, content: string): void {
  mkdirSync(dirname(join(directory, name)), { recursive: true })
  writeFileSync(join(directory, name), content)
}

/** Commits a file. */
export function commitFile(
  directory: string,
  name: string,
  content: string,
  message = `Change ${name}`,
): string {
  put(directory, name, content)
  git(directory, 'add', '--', name)
  git(directory, 'commit', '--quiet', '--message', message)
  return git(directory, 'rev-parse', 'HEAD')
}

export interface Started {
  readonly demo: string
  readonly worktree: string
}

/** A repository with ignored files and a task 1 that is started. */
export async function startedTask(title = 'Fix auth bug'): Promise<Started> {
  const demo = temporaryRepository()
  put(demo, '.gitignore', '*.log\n.env\nnode_modules/\n')
  put(demo, 'kept.txt', 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n')
  git(demo, 'add', '--all')
  git(demo, 'commit', '--quiet', '--message', 'Files')
  await mhv(demo, 'init')
  await mhv(demo, 'tc', title)
  const { worktree } = await mhvJson(demo, 'start', '1')
  return { demo, worktree }
}

/** Gives the repository a bare remote and pushes to it. */
export function addRemote(demo: string): string {
  const remote = join(dirname(demo), 'remote.git')
  git(demo, 'init', '--quiet', '--bare', remote)
  git(demo, 'remote', 'add', 'origin', remote)
  git(demo, 'push', '--quiet', 'origin', 'main')
  return remote
}

/** Everything below a directory: path, kind, mode and content of each. */
export function snapshotOf(directory: string): string[] {
  const lines: string[] = []
  const walk = (at: string, name: string) => {
    const stat = lstatSync(at)
    const mode = (stat.mode & 0o777).toString(8)
    if (stat.isSymbolicLink()) lines.push(`${name} -> ${readlinkSync(at)}`)
    else if (stat.isDirectory()) {
      lines.push(`${name}/ ${mode}`)
      for (const inner of readdirSync(at).sort()) walk(join(at, inner), `${name}/${inner}`)
    } else {
      lines.push(`${name} ${mode} ${createHash('sha256').update(readFileSync(at)).digest('hex')}`)
    }
  }
  walk(directory, '.')
  return lines
}

/** What git knows of a worktree: its files, index, logs, branch, and the branch's settings. */
export function stateOf(demo: string, worktree: string): object {
  const admin = git(worktree, 'rev-parse', '--absolute-git-dir')
  const branch = git(worktree, 'branch', '--show-current')
  return {
    files: snapshotOf(worktree),
    admin: snapshotOf(admin).filter(
      (line) => !line.startsWith('./mtos-brought-back') && !line.startsWith('./ '),
    ),
    status: git(worktree, 'status', '--porcelain=v2', '--branch', '--ignored'),
    branch,
    reflog: branch ? git(demo, 'reflog', 'show', branch) : '',
    config: branch
      ? execFileSync('sh', ['-c', `git config --get-regexp '^branch[.]${branch}[.]' || true`], {
          cwd: demo,
          encoding: 'utf8',
        })
      : '',
    list: git(demo, 'worktree', 'list', '--porcelain'),
  }
}
