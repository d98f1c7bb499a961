import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { git, temporaryDirectory } from './repository.ts'

/** What the server does wrong; whatever is not named works. */
export interface Faults {
  /** Only this name and password are let in; everyone else gets a 401. */
  readonly auth?: { readonly user: string; readonly password: string }
  /** Answers everything with this status, such as 403, 404 or 503. */
  readonly status?: number
  /** Answers everything with this page, as the portal of a network does before one has logged in. */
  readonly page?: string
  /** Cuts the connection after so many bytes of an answer's body. */
  readonly cutAfter?: number
  /** Milliseconds after which a request is looked at. */
  readonly delay?: number
  /** A slow link. */
  readonly bytesPerSecond?: number
  /** Takes a request and never answers it. */
  readonly stall?: boolean
  /** Sends everybody on to the same path at another address. */
  readonly redirectTo?: string
  /**
   * A share of the requests, from 0 to 1, fails: `status` is a 500; `cut` a connection that ends before anything was
   * done; `lost` one that ends after it was done, so that only the answer is missing.
   */
  readonly random?: {
    readonly share: number
    readonly seed: number
    readonly ways?: readonly ('status' | 'cut' | 'lost')[]
  }
  /** Whether pushes are taken; true unless said otherwise. */
  readonly receivePack?: boolean
  /** Faults, except receivePack, count only for requests whose path and query contain this. */
  readonly only?: string
}

export interface HttpRequest {
  readonly method: string
  readonly url: string
  /** What was sent, uncompressed, with a character for each byte; its first 64 KiB. */
  readonly body: string
  readonly authorization: string | null
  /** The status that was answered; 0 where the connection was cut or stalled instead. */
  readonly status: number
}

export interface HttpRemote {
  /** Where the bare repositories lie. */
  readonly root: string
  /** http://127.0.0.1 with its port, and no slash at the end. */
  readonly url: string
  /** Makes an empty bare repository. */
  repository(name: string, ...initArguments: string[]): { readonly url: string; readonly path: string }
  /** Replaces all faults. */
  set(faults: Faults): Promise<void>
  /** All requests since the start, or since `forget`, in the order of their arrival. */
  requests(): Promise<HttpRequest[]>
  forget(): Promise<void>
  /** Ends the server, so that connections are refused. It ends by itself with the test. */
  stop(): Promise<void>
}

const SERVER = join(import.meta.dirname, 'http-remote-server.mjs')

/** Starts a smart-HTTP server on a free port, in a process of its own, for the time of the test. */
export async function httpRemote(faults: Faults = {}): Promise<HttpRemote> {
  const root = join(temporaryDirectory(), 'remotes')
  mkdirSync(root)
  const child = spawn(process.execPath, [SERVER, root], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  onTestFinished(stop)
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(Number(line)))
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  const url = `http://127.0.0.1:${port}`
  const control = async (method: string, body?: string) => {
    const answer = await fetch(`${url}/_control`, { method, ...(body === undefined ? {} : { body }) })
    return (await answer.json()) as HttpRequest[]
  }
  const set = async (next: Faults) => void (await control('POST', JSON.stringify(next)))
  await set(faults)
  return {
    root,
    url,
    repository(name, ...initArguments) {
      const path = join(root, `${name}.git`)
      git(root, 'init', '--quiet', '--bare', ...initArguments, path)
      return { url: `${url}/${name}.git`, path }
    },
    set,
    requests: () => control('GET'),
    forget: async () => void (await control('DELETE')),
    stop,
  }
}
