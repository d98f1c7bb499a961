import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { mhv } from '../support/cli.ts'
import { httpRemote } from '../support/http-remote.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

const ROOT = join(import.meta.dirname, '..', '..')

const SCRIPT = `
import { spawnSync } from 'node:child_process'
import { viewPortably } from './src/federation/portable-view.ts'
import { reachHosts } from './src/federation/reach-hosts.ts'

const [url, directory] = process.argv.slice(2)
reachHosts()
  .then((reach) => viewPortably({ url, directory, now: new Date().toISOString(), reach }))
  .then(({ snapshot, problem }) => {
    const titles = Array.from({ length: snapshot?.slots ?? 0 }, (_, slot) => snapshot.head(slot).title)
    const git = spawnSync('git', ['--version']).error?.code
    console.log(JSON.stringify({ git, titles, problem: problem?.message ?? null }))
  })
`

/** The program's own libraries as it has them beside it, from the build. */
const builtLibraries = {
  name: 'built-libraries',
  setup({ onResolve }: import('esbuild').PluginBuild) {
    onResolve({ filter: /^(?:isomorphic-git|cockatiel)$/ }, ({ path }) => ({
      path: join(ROOT, 'dist', `${path}.cjs`),
      external: true,
    }))
  },
}

test('tasks of a URL are read where there is no git, with an environment that holds nothing', async () => {
  const remote = await httpRemote()
  const { url } = remote.repository('demo')
  const repository = temporaryRepository()
  await mhv(repository, 'init')
  await mhv(repository, 'task', 'create', 'From afar')
  git(repository, 'push', '--quiet', url, 'refs/mtos/tasks')
  const directory = temporaryDirectory()
  const program = join(directory, 'program.cjs')
  await build({
    stdin: { contents: SCRIPT, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.dirname': '__dirname' },
    plugins: [builtLibraries],
    outfile: program,
  })
  const { stdout } = await promisify(execFile)(process.execPath, [program, url, join(directory, 'cache')], {
    cwd: directory,
    env: { PATH: directory },
  })
  expect(JSON.parse(stdout)).toEqual({ git: 'ENOENT', titles: ['From afar'], problem: null })
})
