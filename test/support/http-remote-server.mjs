// A smart-HTTP git server: `git http-backend` behind Node's own server, with faults that can be switched while it runs.
// A process of its own, since tests start git and wait for it without giving their own process back.
import { execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const [root] = process.argv.slice(2)
const backend = join(
  execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(),
  process.platform === 'win32' ? 'git-http-backend.exe' : 'git-http-backend',
)
const KEPT_BODY = 65_536

let faults = {}
let chance = () => 1
const log = []

/** A generator of numbers from 0 to 1 that is the same for the same seed. */
function seeded(seed) {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function isAllowed(request) {
  if (!faults.auth) return true
  const given = Buffer.from(/^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '', 'base64')
  return given.toString('utf8') === `${faults.auth.user}:${faults.auth.password}`
}

function whole(stream) {
  return new Promise((resolve, reject) => {
    const chunks = []
    stream.on('data', (chunk) => chunks.push(chunk))
    stream.on('end', () => resolve(Buffer.concat(chunks)))
    stream.on('error', reject)
  })
}

/** Runs the CGI program and resolves with its status, headers and body. */
async function runBackend(request, url, body) {
  const receivePack = faults.receivePack ?? true
  const child = spawn(backend, [], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.receivepack',
      GIT_CONFIG_VALUE_0: String(receivePack),
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.stdin.on('error', () => {})
  child.stdin.end(body)
  const answer = await whole(child.stdout)
  const end = answer.indexOf('\r\n\r\n')
  const headers = answer.toString('latin1', 0, Math.max(end, 0)).split('\r\n').filter(Boolean)
  const pairs = headers.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)])
  const status = Number.parseInt(pairs.find(([name]) => name === 'Status')?.[1] ?? '200', 10)
  return {
    status: end < 0 ? 500 : status,
    headers: pairs.filter(([name]) => name !== 'Status'),
    body: end < 0 ? Buffer.alloc(0) : answer.subarray(end + 4),
  }
}

/** Sends a body as slowly, and as incompletely, as was asked for. */
async function send(response, status, headers, body) {
  response.writeHead(status, headers)
  const end = Math.min(body.length, faults.cutAfter ?? body.length)
  const piece = faults.bytesPerSecond ? Math.max(1, Math.ceil(faults.bytesPerSecond / 20)) : body.length
  for (let at = 0; at < end; at += piece) {
    response.write(body.subarray(at, Math.min(at + piece, end)))
    if (faults.bytesPerSecond) await new Promise((resolve) => setTimeout(resolve, 50))
    if (response.destroyed) return
  }
  if (end === body.length) response.end()
  else setTimeout(() => response.destroy(), 20)
}

async function answer(request, response) {
  const url = new URL(request.url, 'http://localhost')
  if (url.pathname === '/_control') return control(request, response)
  const body = await whole(request)
  if (faults.delay) await new Promise((resolve) => setTimeout(resolve, faults.delay))
  const isMeant = !faults.only || request.url.includes(faults.only)
  const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
  const entry = {
    method: request.method,
    url: request.url,
    body: text.toString('latin1', 0, KEPT_BODY),
    authorization: request.headers.authorization ?? null,
    status: 0,
  }
  log.push(entry)
  const say = (status, headers, content) => {
    entry.status = status
    return send(response, status, headers, Buffer.from(content))
  }
  if (!isMeant) return pass(request, response, url, body, say)
  if (faults.stall) return
  if (!isAllowed(request)) return say(401, { 'www-authenticate': 'Basic realm="git"' }, 'Unauthorized\n')
  if (faults.status) return say(faults.status, { 'content-type': 'text/plain' }, `status ${faults.status}\n`)
  if (faults.page !== undefined) {
    return say(200, { 'content-type': 'text/html; charset=utf-8' }, faults.page)
  }
  if (faults.redirectTo) {
    const location = faults.redirectTo + request.url
    return say(302, { location }, 'moved\n')
  }
  const way = chance() < (faults.random?.share ?? 0) ? pick(faults.random.ways) : null
  if (way === 'status') return say(500, { 'content-type': 'text/plain' }, 'by chance\n')
  if (way === 'cut') return response.destroy()
  return pass(request, response, url, body, way === 'lost' ? () => response.destroy() : say)
}

const pick = (ways = ['status', 'cut', 'lost']) => ways[Math.floor(chance() * ways.length)]

async function pass(request, response, url, body, say) {
  if (response.destroyed) return
  const made = await runBackend(request, url, body)
  await say(made.status, made.headers.flat(), made.body)
}

async function control(request, response) {
  if (request.method === 'POST') {
    faults = JSON.parse((await whole(request)).toString('utf8'))
    if (faults.random) chance = seeded(faults.random.seed)
  } else if (request.method === 'DELETE') {
    log.length = 0
  }
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(log))
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => response.destroy(error))
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
// The test that started this process holds its input open: it ends with the test, however that ends.
process.stdin.on('end', () => process.exit()).resume()
