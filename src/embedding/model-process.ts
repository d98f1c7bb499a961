import { type ChildProcess, fork } from 'node:child_process'
import { basename, dirname, join } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { packageRoot } from '../package-root.ts'
import { printable } from '../printable.ts'
import { scrubbedEnvironment } from '../process/run-command.ts'

export type ChildRequest =
  /** Loads the native part, without which nothing else can be asked for. */
  | { readonly kind: 'start' }
  | { readonly kind: 'load'; readonly folder: string; readonly quantized: boolean }
  | { readonly kind: 'embed'; readonly texts: readonly string[] }

export type ChildReply =
  | { readonly kind: 'started' }
  | { readonly kind: 'loaded' }
  /** Of all texts, one vector behind the other. */
  | { readonly kind: 'vectors'; readonly vectors: Float32Array; readonly dimensions: number }
  | { readonly kind: 'failed'; readonly what: 'runtime' | 'model'; readonly why: string }

/** A process that runs a model. It takes one request at a time. */
export interface ModelProcess {
  readonly pid: number | undefined
  /** Errors: MODEL_RUNTIME_MISSING, MODEL_BROKEN; the process has ended then. */
  ask<K extends ChildReply['kind']>(
    request: ChildRequest,
    expected: K,
    timeout: number,
  ): Promise<Extract<ChildReply, { kind: K }>>
  end(): void
}

/** Characters of what it says last that are kept. */
const LAST_WORDS = 2000

/** How to give the program what it misses: beside itself, wherever it was installed. */
function installSteps(): string[] {
  const root = packageRoot()
  const modules = dirname(root)
  const [isInstalled, above] = [basename(modules) === 'node_modules', dirname(modules)]
  const isGlobal = isInstalled && ['lib', 'npm'].includes(basename(above))
  const where = isGlobal ? '--global' : `--no-save --prefix ${shellWord(isInstalled ? above : root)}`
  return [`npm install ${where} onnxruntime-node@1.14.0`, 'mhv model status']
}

const runtimeMissing = (why: string) =>
  new MhvError(
    'MODEL_RUNTIME_MISSING',
    `onnxruntime-node, which runs sentence models, cannot be loaded: ${printable(why, 300)}. All else works without it.`,
    { recovery: installSteps() },
  )

/** Starts the process that a model runs in; the model is named by the first request. */
export function startModelProcess(folder: string): ModelProcess {
  const broken = (why: string) =>
    new MhvError('MODEL_BROKEN', `The sentence model in ${folder} ${printable(why, 300)}.`, {
      data: { folder },
    })
  const child: ChildProcess = fork(join(packageRoot(), 'dist', 'model-child.cjs'), [], {
    env: scrubbedEnvironment(),
    execArgv: [],
    // Vectors travel as bytes rather than as text.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr!.on('data', (piece: Buffer) => {
    said = (said + piece.toString('utf8')).slice(-LAST_WORDS)
  })
  let ended: MhvError | null = null
  let fail: (error: MhvError) => void = () => {}
  const end = (error: MhvError) => {
    ended ??= error
    child.kill('SIGKILL')
    fail(ended)
  }
  child.on('error', ({ message }) => end(broken(`cannot be run: ${message}`)))
  // After its last words; what it replied before is delivered by then.
  child.on('close', (code, signal) => {
    const why = signal ? `was killed by ${signal}` : `ended with ${code}`
    const last = said.split('\n').findLast((line) => /error/i.test(line))
    end(broken(`cannot be used: its process ${why}${last ? `, saying “${last.trim()}”` : ''}`))
  })
  return {
    pid: child.pid,
    ask: (request, expected, timeout) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        const timer = setTimeout(() => end(broken(`gave no answer in ${timeout / 1000} s`)), timeout)
        const settled = () => {
          clearTimeout(timer)
          child.off('message', receive)
        }
        const receive = (reply: ChildReply) => {
          if (reply.kind === 'failed') {
            return end(reply.what === 'runtime' ? runtimeMissing(reply.why) : broken(`fails: ${reply.why}`))
          }
          if (reply.kind !== expected) return end(broken(`answered with ${reply.kind}`))
          settled()
          resolve(reply as Extract<ChildReply, { kind: typeof expected }>)
        }
        fail = (error) => {
          settled()
          reject(error)
        }
        child.on('message', receive)
        child.send(request, (error) => {
          // What its end has to say is more than that it cannot be written to.
          if (error) setTimeout(() => end(broken(`cannot be asked: ${error.message}`)), 1000)
        })
      }),
    end: () => end(broken('was closed')),
  }
}
