// Prepares V8's code cache of the bundles for this Node.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from './commands-module.mjs'

const dist = join(root, 'dist')

/** Opens the palette, types a little and leaves it, so that its cache holds what that takes. */
async function warmPalette(directory, { openPalette }) {
  const write = process.stderr.write
  const press = async (name, character) => {
    process.stdin.emit('keypress', character, { name, sequence: character ?? '' })
    await pause(20)
  }
  process.chdir(directory)
  process.stderr.write = () => true
  try {
    const ended = openPalette(async () => {})
    await pause(100)
    for (const character of 'warm') await press(character, character)
    await press('down')
    await press('escape')
    await ended
  } finally {
    process.stderr.write = write
    process.stdin.pause().unref?.()
  }
}

/** Runs real commands once in this process, so that the cache holds what they use. */
export async function warmCodeCache() {
  const trial = mkdtempSync(join(tmpdir(), 'mhv-build-'))
  const cwd = process.cwd()
  const { XDG_CACHE_HOME: cache } = process.env
  try {
    const [here, other, remote] = ['here', 'other', 'remote.git'].map((name) => join(trial, name))
    const git = (...args) => execFileSync('git', args, { cwd: trial, stdio: 'ignore' })
    git('init', '-q', '--bare', remote)
    for (const clone of [here, other]) {
      git('init', '-q', clone)
      git('-C', clone, 'config', 'user.name', 'build')
      git('-C', clone, 'config', 'user.email', 'build@localhost')
      git('-C', clone, 'remote', 'add', 'origin', remote)
    }
    writeFileSync(join(here, '.mhvrc.yaml'), 'gates: [{ name: warm, command: "true" }]\n')
    git('-C', here, 'add', '--all')
    git('-C', here, 'commit', '-q', '-m', 'Warm')
    process.env.XDG_CACHE_HOME = join(trial, 'cache')
    const { load, saveAll } = createRequire(import.meta.url)(join(root, 'bin', 'code-cache.js'))
    const write = process.stdout.write
    const programs = { everyday: load(join(dist, 'everyday.cjs')), main: load(join(dist, 'main.cjs')) }
    const run = async (directory, line, program = 'main') => {
      process.chdir(directory)
      await programs[program].exports.main(line.split(' '))
    }
    try {
      process.stdout.write = () => true
      await run(here, 'init')
      await run(here, 'sync')
      for (const line of [
        'task create Warm --label a',
        'task create Warm by Friday --dry-run',
        'task list',
        'task list --json',
        'task show 1',
        'task create Again --json',
      ]) {
        await run(here, line, 'everyday')
      }
      for (const [directory, line] of [
        [here, 'task search warm task'],
        [here, 'gate run --no-cache'],
        [here, 'gate run'],
        [here, 'sync'],
        [other, 'sync'],
        [other, 'task create Other'],
        [other, 'sync'],
        [here, 'sync'],
      ]) {
        await run(directory, line)
      }
      // What parses the list of repositories would make the cache larger; it runs only where the list is new.
      process.chdir(trial)
      writeFileSync('repos.yaml', 'repos: [{ name: here, path: here }]\n')
      const list = ['task', 'list', '--all']
      execFileSync(process.execPath, [join(root, 'bin', 'run.js'), ...list], { stdio: 'ignore' })
      await programs.everyday.exports.main(list)
      await warmPalette(here, load(join(dist, 'open-palette.cjs')).exports)
    } finally {
      process.stdout.write = write
    }
    saveAll()
  } finally {
    process.chdir(cwd)
    if (cache === undefined) delete process.env.XDG_CACHE_HOME
    else process.env.XDG_CACHE_HOME = cache
    rmSync(trial, { recursive: true, force: true })
  }
}
