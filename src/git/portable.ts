import type { HttpClient } from 'isomorphic-git'
import { MhvError } from '../errors.ts'
import { credentialsFor, credentialsIn, withoutCredentials } from './host-credentials.ts'
import { memoryFiles } from './memory-files.ts'
import { filesOf, type PackedFile, readPack } from './read-pack.ts'
import { remoteClient } from './remote-client.ts'

export interface RemoteFiles {
  readonly ref: string
  readonly tip: string
  /** Every file at the tip; null where the tip is the one that was known. */
  readonly files: readonly PackedFile[] | null
}

export interface PortableOptions {
  /** A tip whose files need not be read again. */
  readonly known?: string | null
  /** Milliseconds without a single byte after which a request is given up; 30 seconds. */
  readonly timeout?: number
  /** Where tokens are looked for. */
  readonly environment?: NodeJS.ProcessEnv
}

type Library = typeof import('isomorphic-git')
/** What it tells of a failure besides its message. */
type LibraryError = Error & { code?: string; data?: { statusCode?: number } }

const GIT_DIRECTORY = '/remote'
/** Without a refspec the library refuses to fetch. */
const CONFIG = '[remote "origin"]\n\tfetch = +refs/*:refs/*\n'

/**
 * Reads the files of the first of some refs that a remote has, over HTTP and without git: one request where the tip is
 * known, two otherwise, and no object but the newest commit's. Null where the remote has none of these refs.
 *
 * The refs are asked for in the old protocol: the newer one could leave out all others, for twice as many requests.
 * Errors: GIT_MISSING for what only git reads; REMOTE_AUTH, REPOSITORY_MISSING, REMOTE_UNREACHABLE, REMOTE_TIMEOUT.
 */
export async function readRemoteFiles(
  url: string,
  refs: readonly string[],
  { known = null, timeout = 30_000, environment = process.env }: PortableOptions = {},
): Promise<RemoteFiles | null> {
  const address = withoutCredentials(url).replace(/\/+$/, '')
  if (!/^https?:\/\/[^/]/.test(address) || !URL.canParse(url)) {
    throw new MhvError('GIT_MISSING', `Only git reads ${address}; without it, tasks come over HTTPS alone.`)
  }
  const credentials = credentialsIn(url) ?? credentialsFor(address, environment)
  const http = remoteClient({ address, credentials, timeout })
  // Node's own import gives a CommonJS module as the default; the bundle gives the module itself.
  const library = (await import('isomorphic-git')) as Library & { default?: Library }
  const git = library.default ?? library
  try {
    const info = await git.getRemoteInfo2({ http, url: address, protocolVersion: 1 })
    const found = refs
      .flatMap((name) => info.refs?.find(({ ref }) => ref === name) ?? [])
      .map(({ ref, oid }) => ({ ref, tip: oid }))[0]
    if (!found) return null
    if (found.tip.length !== 40) {
      throw new MhvError('GIT_MISSING', `${address} is kept with SHA-256, which only git reads.`)
    }
    if (found.tip === known) return { ...found, files: null }
    const shown = withRefs(http, found, Object.keys(info.capabilities))
    return { ...found, files: await fetchFiles(git, shown, address, found) }
  } catch (error) {
    throw remoteError(address, error as LibraryError)
  }
}

const packetLine = (text: string) => (text.length + 4).toString(16).padStart(4, '0') + text

/**
 * The remote as if it had one ref only. The library asks for the refs again before it fetches, and does not come to an
 * end where none of them is HEAD.
 */
function withRefs(
  http: HttpClient,
  { ref, tip }: { readonly ref: string; readonly tip: string },
  capabilities: readonly string[],
): HttpClient {
  const listing = [
    packetLine('# service=git-upload-pack\n'),
    '0000',
    packetLine(`${tip} HEAD\0${capabilities.join(' ')}\n`),
    packetLine(`${tip} ${ref}\n`),
    '0000',
  ]
  return {
    async request(request) {
      if (request.method === 'POST') return http.request(request)
      return {
        url: request.url,
        method: 'GET',
        statusCode: 200,
        statusMessage: 'OK',
        headers: { 'content-type': 'application/x-git-upload-pack-advertisement' },
        body: (async function* () {
          yield Buffer.from(listing.join(''))
        })(),
      }
    },
  }
}

async function fetchFiles(
  git: Library,
  http: HttpClient,
  url: string,
  { ref, tip }: { readonly ref: string; readonly tip: string },
): Promise<PackedFile[]> {
  const kept = memoryFiles({ [`${GIT_DIRECTORY}/config`]: CONFIG })
  await git.fetch({
    fs: { promises: kept },
    gitdir: GIT_DIRECTORY,
    http,
    url,
    remote: 'origin',
    ref,
    remoteRef: ref,
    singleBranch: true,
    depth: 1,
    tags: false,
  })
  const folder = `${GIT_DIRECTORY}/objects/pack`
  const name = (await kept.readdir(folder)).find((name) => name.endsWith('.pack'))
  if (!name) throw new Error('no pack came')
  return filesOf(readPack((await kept.readFile(`${folder}/${name}`)) as Buffer), tip)
}

/** What a failure of the library means to people. */
function remoteError(address: string, error: LibraryError): Error {
  if (error instanceof MhvError) return error
  const status = error.data?.statusCode
  if (error.code === 'HttpError' && status !== undefined) return statusError(address, status, error)
  if (
    error.code === 'SmartHttpError' ||
    error.code === 'ParseError' ||
    error.code === 'EmptyServerResponseError'
  ) {
    const message = `${address} does not answer as a git server does.`
    return new MhvError('REMOTE_UNREACHABLE', message, { cause: error, data: { answered: true } })
  }
  const message = `${address} did not send all of its task log: ${error.message}`
  return new MhvError('REMOTE_UNREACHABLE', message, { cause: error, data: { answered: true } })
}

function statusError(address: string, status: number, cause: Error): MhvError {
  const data = { status, answered: true }
  const { protocol, host, origin } = new URL(address)
  if (status === 401 || status === 203 || status === 403) {
    const message =
      status === 403
        ? `${address} does not let you read it (status 403).`
        : `${address} asks who you are, and no token for ${host} was accepted.`
    const place = protocol === 'https:' ? host : origin
    const recovery = [`read -rs MHV_TOKEN && export MHV_TOKEN MHV_TOKEN_HOST=${place}`]
    return new MhvError('REMOTE_AUTH', message, { cause, data, recovery })
  }
  if (status === 404 || status === 410) {
    const message = `There is no repository at ${address}, or you may not see it.`
    return new MhvError('REPOSITORY_MISSING', message, { cause, data })
  }
  const message = `${address} answered with status ${status}.`
  return new MhvError('REMOTE_UNREACHABLE', message, { cause, data })
}
