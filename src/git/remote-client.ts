import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git'
import { MhvError } from '../errors.ts'
import { timed } from '../say-what-is-done.ts'
import { type Credentials, withoutCredentials } from './host-credentials.ts'

export interface ClientOptions {
  /** The remote's address, without credentials and without a slash at its end. */
  readonly address: string
  /** Sent when the remote asks who is there, and to no other host. */
  readonly credentials: Credentials | null
  /** Milliseconds without a single byte after which a request is given up. */
  readonly timeout: number
}

const CODES_OF_TIME = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT'])

/** A connection that was there and broke. */
const CODES_OF_BREAKS = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/** Why a request had no answer, in the words of the system underneath. */
function noAnswer(address: string, error: unknown): MhvError {
  const cause = (error as Error).cause as (Error & { code?: string }) | undefined
  if (CODES_OF_TIME.has(cause?.code ?? '')) return timedOut(address)
  const why = cause?.message || cause?.code || (error as Error).message
  const data = { answered: CODES_OF_BREAKS.has(cause?.code ?? ''), reason: why }
  return new MhvError('REMOTE_UNREACHABLE', `${address} cannot be reached: ${why}.`, { cause: error, data })
}

const timedOut = (address: string) =>
  new MhvError('REMOTE_TIMEOUT', `${address} did not answer in time.`, { data: { address } })

async function collected(body: GitHttpRequest['body']): Promise<Buffer<ArrayBuffer> | undefined> {
  if (!body) return undefined
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks) as Buffer<ArrayBuffer>
}

async function* once(bytes: Uint8Array): AsyncIterableIterator<Uint8Array> {
  yield bytes
}

/** One request, its answer read whole: a body that ends too early must not be taken for one that is over. */
async function ask(
  { address, timeout }: ClientOptions,
  url: string,
  request: RequestInit,
): Promise<{ answer: Response; bytes: Buffer }> {
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(), timeout)
  try {
    const end = timed(() => `${request.method ?? 'GET'} ${withoutCredentials(url)}`)
    const answer = await fetch(url, { ...request, signal: silence.signal })
    const chunks: Uint8Array[] = []
    for await (const chunk of answer.body ?? []) {
      timer.refresh()
      chunks.push(chunk as Uint8Array)
    }
    const bytes = Buffer.concat(chunks)
    end(`status ${answer.status}, ${bytes.length} bytes`)
    return { answer, bytes }
  } catch (error) {
    throw silence.signal.aborted ? timedOut(address) : noAnswer(address, error)
  } finally {
    clearTimeout(timer)
  }
}

/** The address that a listing of refs came from in the end. Errors: REMOTE_UNREACHABLE where it is less safe. */
function movedTo(address: string, answered: string): string {
  const base = answered.replace(/\/info\/refs\?.*$/, '')
  if (address.startsWith('https:') && !base.startsWith('https:')) {
    const message = `${address} leads to ${withoutCredentials(base)}, which is not protected.`
    throw new MhvError('REMOTE_UNREACHABLE', message, { data: { answered: true } })
  }
  return base
}

/**
 * HTTP for one remote as isomorphic-git wants it, with what its own client lacks: time-outs, credentials for this host
 * only, and a listing's redirection that counts for what follows. Its requests throw REMOTE_UNREACHABLE, REMOTE_TIMEOUT.
 */
export function remoteClient(options: ClientOptions): HttpClient {
  const { address, credentials } = options
  const home = new URL(address).origin
  let base = address
  let authorization: string | null = null
  const send = (url: string, method: string, headers: Record<string, string>, body?: Buffer<ArrayBuffer>) =>
    ask(options, url, {
      method,
      headers: {
        ...headers,
        // Some hosts show everything that does not call itself git a page to sign in.
        'user-agent': 'git/isomorphic-git',
        ...(authorization && new URL(url).origin === home ? { authorization } : {}),
      },
      redirect: method === 'GET' ? 'follow' : 'manual',
      ...(body ? { body } : {}),
    })
  return {
    async request({ url, method = 'GET', headers = {}, body }: GitHttpRequest): Promise<GitHttpResponse> {
      const target = url.startsWith(address) ? base + url.slice(address.length) : url
      const sent = await collected(body)
      let { answer, bytes } = await send(target, method, headers, sent)
      // Azure DevOps answers a stranger with a page and the status 203.
      if ((answer.status === 401 || answer.status === 203) && credentials && !authorization) {
        const word = `${credentials.username}:${credentials.password}`
        authorization = `Basic ${Buffer.from(word).toString('base64')}`
        ;({ answer, bytes } = await send(target, method, headers, sent))
      }
      if (answer.redirected && answer.ok) base = movedTo(address, answer.url)
      return {
        url: answer.url,
        method,
        statusCode: answer.status,
        statusMessage: answer.statusText,
        headers: Object.fromEntries(answer.headers),
        body: once(bytes),
      }
    },
  }
}
