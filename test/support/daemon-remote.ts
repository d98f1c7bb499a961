import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { git, temporaryDirectory } from './repository.ts'

export interface DaemonRemote {
  readonly root: string
  /** Makes an empty bare repository. */
  repository(name: string): { readonly url: string; readonly path: string }
  /** Ends the daemon, so that connections are refused. */
  stop(): Promise<void>
}

/** A port that nobody listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })

/** Starts a `git daemon` that takes pushes, for the time of the test. */
export async function daemonRemote(): Promise<DaemonRemote> {
  const root = join(temporaryDirectory(), 'remotes')
  mkdirSync(root)
  const port = await freePort()
  // Started itself rather than through `git daemon`, whose end would leave it behind.
  const child = spawn(
    join(git(root, '--exec-path'), 'git-daemon'),
    [
      '--reuseaddr',
      '--export-all',
      '--enable=receive-pack',
      '--listen=127.0.0.1',
      `--port=${port}`,
      `--base-path=${root}`,
    ],
    { stdio: 'ignore' },
  )
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  onTestFinished(stop)
  for (let left = 200; !(await answers(port)); left--) {
    if (left === 0 || child.exitCode !== null) throw new Error('git daemon does not answer')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return {
    root,
    repository(name) {
      const path = join(root, `${name}.git`)
      git(root, 'init', '--quiet', '--bare', path)
      return { url: `git://127.0.0.1:${port}/${name}.git`, path }
    },
    stop,
  }
}
