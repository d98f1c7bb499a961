import { createWriteStream } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MhvError, shellWord } from '../errors.ts'
import { makeDirectory } from '../make-directory.ts'
import { printable } from '../printable.ts'
import { sayWhatIsDone } from '../say-what-is-done.ts'
import { FETCHED_GRAPH, SETTINGS } from './model-folder.ts'

/** Milliseconds for which the host may say nothing. */
const SILENCE = 10_000

const HOST = 'https://huggingface.co'

/** The host that models are fetched from, or the mirror that the usual variable names. Errors: INVALID_INPUT. */
export function modelHost(): string {
  const given = process.env.HF_ENDPOINT || HOST
  const url = URL.canParse(given) ? new URL(given) : null
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.host !== ''
  if (isPlain && !url.username && !url.password && !url.search && !url.hash) return given.replace(/\/+$/, '')
  // What has an @ may have a password before it, whatever else is wrong with it.
  const shown = isPlain
    ? `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`
    : given.includes('@')
      ? null
      : given
  const what = shown === null ? 'HF_ENDPOINT' : `HF_ENDPOINT, ${printable(shown, 200)},`
  const why =
    isPlain && (url.username || url.password)
      ? 'has credentials, which cannot be used: models are fetched from hosts that need none'
      : 'has to be an http or https URL without a query'
  throw new MhvError('INVALID_INPUT', `${what} ${why}, such as https://mirror.example.`, {
    recovery: [isPlain ? `export HF_ENDPOINT=${shellWord(shown!)}` : 'unset HF_ENDPOINT', 'mhv model setup'],
    data: { field: 'HF_ENDPOINT', value: shown, example: 'https://mirror.example' },
  })
}

/** A name at the host: an owner and a model, or a model alone. */
export const isModelName = (text: string): boolean =>
  /^[A-Za-z0-9][\w.-]{0,95}(?:\/[A-Za-z0-9][\w.-]{0,95})?$/.test(text)

export interface FetchOptions {
  readonly onSize: (bytes: number) => void
  /** Bytes received and to receive. */
  readonly onProgress: (done: number, total: number) => void
  readonly signal: AbortSignal
}

const unreachable = (name: string, why: string, cause?: unknown) =>
  new MhvError(
    'MODEL_UNREACHABLE',
    `The model ${name} cannot be fetched from ${modelHost()}: ${printable(why, 200)}.`,
    {
      cause,
      recovery: ['mhv model setup --help', `curl -I ${shellWord(modelHost())}`],
      data: { name, host: modelHost() },
    },
  )

/** What undici's errors hide in their cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  const inner = cause as (Error & { readonly code?: string }) | undefined
  return inner?.message || inner?.code || message
}

/** Asks for one file, and no longer than the host keeps answering. Errors: MODEL_NOT_FOUND, MODEL_UNREACHABLE. */
async function ask(name: string, path: string, method: 'HEAD' | 'GET', signal: AbortSignal) {
  const controller = new AbortController()
  const stop = () => controller.abort(new Error(`it said nothing for ${SILENCE / 1000} s`))
  let timer = setTimeout(stop, SILENCE)
  const hear = () => {
    clearTimeout(timer)
    timer = setTimeout(stop, SILENCE)
  }
  const end = () => clearTimeout(timer)
  try {
    const address = `${modelHost()}/${name}/resolve/main/${path}`
    sayWhatIsDone(() => `${method} ${address}`)
    const response = await fetch(address, {
      method,
      // As it is: of what is packed for the way the length is not told.
      headers: { 'accept-encoding': 'identity' },
      signal: AbortSignal.any([signal, controller.signal]),
    })
    hear()
    if (response.ok) return { response, hear, end }
    end()
    await response.body?.cancel()
    // The host answers so also for names that only some may see.
    if (![401, 403, 404].includes(response.status)) throw new Error(`it answers with ${response.status}`)
    const message = `${modelHost()} has no model ${name} with a file ${path} that everybody may see.`
    throw new MhvError('MODEL_NOT_FOUND', message, { data: { name, path } })
  } catch (error) {
    end()
    if (error instanceof MhvError) throw error
    throw unreachable(name, reasonOf(error), error)
  }
}

/**
 * Fetches what a model consists of, its graph in bytes.
 * Errors: MODEL_NOT_FOUND, MODEL_UNREACHABLE; STATE_UNWRITABLE where it cannot be written.
 */
export async function fetchModel(
  name: string,
  to: string,
  { onSize, onProgress, signal }: FetchOptions,
): Promise<void> {
  const files = [...SETTINGS, FETCHED_GRAPH.to]
  let total = 0
  for (const path of files) {
    const { response, end } = await ask(name, path, 'HEAD', signal)
    end()
    total += Number(response.headers.get('content-length') ?? 0)
  }
  onSize(total)
  let done = 0
  for (const path of files) {
    const { response, hear, end } = await ask(name, path, 'GET', signal)
    const wanted = Number(response.headers.get('content-length') ?? Number.NaN)
    let received = 0
    const counted = async function* (pieces: AsyncIterable<Uint8Array>) {
      for await (const piece of pieces) {
        hear()
        received += piece.length
        done += piece.length
        onProgress(Math.min(done, total), total)
        yield piece
      }
    }
    const target = join(to, path)
    makeDirectory(dirname(target))
    try {
      await pipeline(Readable.fromWeb(response.body! as never), counted, createWriteStream(target))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall === 'write') throw error
      throw unreachable(name, reasonOf(error), error)
    } finally {
      end()
    }
    const isCoded = response.headers.has('content-encoding')
    if (!isCoded && received < wanted)
      throw unreachable(name, `${path} ended after ${received} of ${wanted} bytes`)
  }
}
