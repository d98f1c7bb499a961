import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson, mhvProcess, startMhv } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { tinyModel } from '../support/tiny-model.ts'

/** Of this test only: models are kept for all repositories. */
let cache: string
beforeEach(() => {
  cache = temporaryDirectory()
  process.env.XDG_CACHE_HOME = cache
  // Nothing listens there.
  process.env.HF_ENDPOINT = 'http://127.0.0.1:9099'
})
afterEach(() => {
  delete process.env.XDG_CACHE_HOME
  delete process.env.HF_ENDPOINT
  rmSync(join(process.env.HOME!, '.config'), { recursive: true, force: true })
})

const modelsKept = () => {
  const directory = join(cache, 'mhv', 'models')
  return existsSync(directory) ? readdirSync(directory) : []
}
const tiny = (seed = 1) => tinyModel(join(temporaryDirectory(), 'tiny'), { seed })

async function withTasks(...titles: string[]): Promise<string> {
  const cwd = temporaryRepository()
  await mhv(cwd, 'init')
  for (const title of titles) await mhv(cwd, 'task', 'create', title)
  return cwd
}

/** A host of models as far as mhv asks one, which sends large files elsewhere. */
async function host(
  answer: (path: string) => Buffer | number,
  answersItself: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<{ asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost')
    asked.push(`${request.method} ${pathname}`)
    if (answersItself(request, response)) return
    if (pathname.endsWith('.onnx') && !pathname.startsWith('/elsewhere')) {
      return response.writeHead(302, { location: `/elsewhere${pathname}` }).end()
    }
    const content = answer(pathname.replace(/^\/elsewhere/, ''))
    if (typeof content === 'number') return response.writeHead(content).end()
    response.writeHead(200, { 'content-length': content.length })
    if (request.method === 'HEAD') return response.end()
    return response.end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  process.env.HF_ENDPOINT = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { asked }
}

const servedFrom = (folder: string) => (path: string) => {
  const file = /^\/Owner\/tiny-1\/resolve\/main\/(.*)$/.exec(path)?.[1]
  return file && existsSync(join(folder, file)) ? readFileSync(join(folder, file)) : 404
}

describe('a folder', () => {
  test('is copied, tried and used for the tasks here; only what changed is embedded again', async () => {
    const cwd = await withTasks('Fix the login bug', 'Write a guide')
    const folder = tiny()
    // As one that was killed leaves it; no process has so high an id.
    mkdirSync(join(cache, 'mhv', 'models', '.setup-99999999-abcdef', 'model'), { recursive: true })
    const { out, code } = await mhv(cwd, 'model', 'setup', folder)
    expect(modelsKept()).toHaveLength(2)
    expect(code).toBe(0)
    expect(out).toMatch(/^Set up .*tiny: .* 16 dimensions, loads in /m)
    expect(out).toContain('Embedded 2 of 2 tasks here')
    await mhv(cwd, 'task', 'edit', '1', '--title', 'Fix the password bug')
    await mhv(cwd, 'task', 'comment', '2', 'In the readme')
    await mhv(cwd, 'task', 'create', 'Slow')
    const again = await mhvJson(cwd, 'model', 'setup', folder)
    expect(again).toMatchObject({ schema: 1, model: { name: folder, dimensions: 16, quantized: true } })
    expect(again.tasks).toMatchObject({ made: 3, tasks: 3 })
    expect((await mhvJson(cwd, 'model', 'setup', folder)).tasks.made).toBe(0)
    // What the user does with the folder afterwards is no matter.
    rmSync(folder, { recursive: true })
    const status = await mhvJson(cwd, 'model', 'status')
    expect(status).toMatchObject({ works: true, vectors: { embedded: 3, tasks: 3 }, models: [folder] })
    expect((await mhv(cwd, 'model', 'status')).out).toMatch(/loads +yes: 16 dimensions/)
  })

  test('of another content replaces the one of that name, and its vectors', async () => {
    const cwd = await withTasks('Fix the login bug')
    const folder = tiny()
    const first = await mhvJson(cwd, 'model', 'setup', folder)
    tinyModel(folder, { seed: 3 })
    const second = await mhvJson(cwd, 'model', 'setup', folder)
    expect(second.model.id).not.toBe(first.model.id)
    expect(second.tasks.made).toBe(1)
    expect(modelsKept()).toHaveLength(2)
    expect(readdirSync(join(cwd, '.git', 'mtos', 'vectors'))).toHaveLength(1)
  })

  test('works outside of repositories and where no tasks are kept, and with its graph elsewhere in it', async () => {
    const folder = tiny()
    cpSync(join(folder, 'onnx', 'model_quantized.onnx'), join(folder, 'model.onnx'))
    rmSync(join(folder, 'onnx'), { recursive: true })
    const { model, tasks } = await mhvJson(join(folder, '..'), 'model', 'setup', 'tiny')
    expect(model).toMatchObject({ name: folder, quantized: false })
    expect(tasks).toBeNull()
    expect((await mhvJson(temporaryRepository(), 'model', 'setup', folder)).tasks).toBeNull()
  })

  test.each([
    ['that is not there', (folder: string) => rmSync(folder, { recursive: true }), 'MODEL_NOT_FOUND'],
    ['without a tokenizer', (folder: string) => rmSync(join(folder, 'tokenizer.json')), 'MODEL_NOT_FOUND'],
    [
      'with half a graph',
      (folder: string) => truncateSync(join(folder, 'onnx', 'model_quantized.onnx'), 500),
      'MODEL_BROKEN',
    ],
    [
      'that takes one text at a time',
      (folder: string) => {
        const file = join(folder, 'tokenizer_config.json')
        const { pad_token: _, ...rest } = JSON.parse(readFileSync(file, 'utf8'))
        writeFileSync(file, JSON.stringify(rest))
      },
      'MODEL_BROKEN',
    ],
  ])('%s is refused, and what was set up stays as it is', async (_, harm, error) => {
    const cwd = temporaryRepository()
    await mhv(cwd, 'model', 'setup', tiny())
    const before = modelsKept()
    const folder = tiny(2)
    harm(folder)
    const answer = await mhvJson(cwd, 'model', 'setup', folder)
    expect(answer.error).toMatchObject({ name: error })
    expect(answer.error.recovery.length).toBeGreaterThan(0)
    expect(modelsKept()).toEqual(before)
    expect((await mhvJson(cwd, 'model', 'status')).works).toBe(true)
  })
})

describe('a name', () => {
  test('is fetched from the host, through its redirects', async () => {
    const { asked } = await host(servedFrom(tiny()))
    const cwd = await withTasks('Fix the login bug')
    const { out, code } = await mhv(cwd, 'model', 'setup', 'Owner/tiny-1')
    expect(code).toBe(0)
    expect(out).toMatch(/^Owner\/tiny-1 from http:.*: 3\.\d KB$/m)
    expect(out).toContain('Embedded 1 of 1 tasks here')
    expect(asked).toContain('GET /Owner/tiny-1/resolve/main/tokenizer.json')
    expect((await mhvJson(cwd, 'model', 'status')).model.name).toBe('Owner/tiny-1')
  })

  test.each([
    ['the host does not know', () => 404, 'MODEL_NOT_FOUND'],
    ['the host fails to give', () => 500, 'MODEL_UNREACHABLE'],
    ['that is no model', (path: string) => Buffer.from(path.endsWith('.json') ? '{}' : 'x'), 'MODEL_BROKEN'],
  ])('%s leaves nothing behind', async (_, answer, error) => {
    await host(answer)
    const { error: said } = await mhvJson(temporaryRepository(), 'model', 'setup', 'Owner/tiny-1')
    expect(said).toMatchObject({ name: error })
    expect(modelsKept()).toEqual([])
  })

  test('without a network is an error at once, with the way to do it from a folder', async () => {
    const began = Date.now()
    const { error } = await mhvJson(temporaryRepository(), 'model', 'setup')
    expect(error).toMatchObject({ name: 'MODEL_UNREACHABLE', code: 'MHV-092' })
    expect(error.message).toContain('Xenova/all-MiniLM-L6-v2')
    expect(error.recovery[0]).toBe('mhv model setup --help')
    expect(Date.now() - began).toBeLessThan(5000)
    expect(modelsKept()).toEqual([])
  })

  test('that cannot be kept is an error with steps', async () => {
    process.env.XDG_CACHE_HOME = join(tiny(), 'config.json')
    const { error } = await mhvJson(temporaryRepository(), 'model', 'setup', tiny())
    expect(error).toMatchObject({
      name: 'STATE_UNWRITABLE',
      recovery: [expect.stringMatching(/^ls/), expect.anything()],
    })
  })

  test.each(['../../etc', 'a b', 'https://example.com/x', 'a/b/c', '-x/y'])('%s is none', async (name) => {
    const { out } = await mhv(temporaryRepository(), '--json', 'model', 'setup', '--', name)
    expect(['INVALID_INPUT', 'MODEL_NOT_FOUND']).toContain(JSON.parse(out).error.name)
  })

  test('whose transfer breaks off, or is interrupted, leaves nothing behind', async () => {
    const folder = tiny()
    let isBroken = true
    const graphs: ServerResponse[] = []
    await host(servedFrom(folder), (request, response) => {
      if (!request.url!.startsWith('/elsewhere') || request.method === 'HEAD') return false
      response.writeHead(200, { 'content-length': 100_000 })
      response.write(Buffer.alloc(1000))
      if (isBroken) setTimeout(() => response.destroy(), 20)
      else graphs.push(response)
      return true
    })
    const cwd = temporaryRepository()
    const { error } = await mhvJson(cwd, 'model', 'setup', 'Owner/tiny-1')
    expect(error.name).toBe('MODEL_UNREACHABLE')
    expect(modelsKept()).toEqual([])
    isBroken = false
    const child = startMhv(cwd, ['model', 'setup', 'Owner/tiny-1'])
    const ended = once(child, 'exit')
    await expect.poll(() => graphs.length, { timeout: 20_000 }).toBe(1)
    expect(modelsKept()).toHaveLength(1)
    child.kill('SIGINT')
    expect(await ended).toEqual([null, 'SIGINT'])
    expect(modelsKept()).toEqual([])
  })
})

describe('the configuration', () => {
  test('of a repository chooses among what the user has set up, and fetches and runs nothing', async () => {
    const { asked } = await host(servedFrom(tiny()))
    const cwd = await withTasks('Fix the login bug')
    writeFileSync(join(cwd, '.mhvrc.yaml'), 'search: { model: Owner/tiny-1 }\n')
    const own = tiny(2)
    await mhv(temporaryDirectory(), 'model', 'setup', own)
    const before = await mhvJson(cwd, 'model', 'status')
    expect(before).toMatchObject({ asked: 'Owner/tiny-1', model: null, works: null })
    await mhv(cwd, 'task', 'list')
    expect(asked).toEqual([])
    expect((await mhv(cwd, 'model', 'setup')).out).toContain('as search.model in the configuration has it')
    expect((await mhvJson(cwd, 'model', 'status')).model.name).toBe('Owner/tiny-1')
    const { out } = await mhv(cwd, 'model', 'setup', own)
    expect(out).toContain('names Owner/tiny-1, which counts instead')
    expect((await mhvJson(temporaryRepository(), 'model', 'status')).model.name).toBe(own)
  })

  test('names a folder from the top of the repository, or the user’s own by its whole path', async () => {
    const cwd = await withTasks('Fix the login bug')
    tinyModel(join(cwd, 'models', 'tiny'))
    writeFileSync(join(cwd, '.mhvrc.yaml'), 'search: { model: ./models/tiny }\n')
    mkdirSync(join(cwd, 'src'))
    expect((await mhvJson(join(cwd, 'src'), 'model', 'setup')).model.name).toBe(join(cwd, 'models', 'tiny'))
    const folder = tiny(2)
    mkdirSync(join(process.env.HOME!, '.config', 'mhv'), { recursive: true })
    writeFileSync(join(process.env.HOME!, '.config', 'mhv', 'config.yaml'), `search: { model: ${folder} }\n`)
    expect((await mhvJson(temporaryRepository(), 'model', 'setup')).model.name).toBe(folder)
    expect((await mhvJson(cwd, 'model', 'status')).model.name).toBe(join(cwd, 'models', 'tiny'))
  })
})

describe('status and remove', () => {
  test('with nothing set up', async () => {
    const cwd = temporaryRepository()
    expect((await mhv(cwd, 'model', 'status')).out).toContain('No sentence model is set up')
    expect(await mhvJson(cwd, 'model', 'status')).toMatchObject({ model: null, works: null, models: [] })
    expect(await mhvJson(cwd, 'model', 'remove')).toEqual({ schema: 1, removed: null, bytes: 0 })
  })

  test.each([
    ['changed', (bytes: Buffer) => bytes.fill(7, 200, 210)],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -10)],
    ['gone', () => null],
  ])(
    'a model with a file that is %s counts, and is said not to work; it can be set up again',
    async (how, harm) => {
      const cwd = await withTasks('Fix the login bug')
      const folder = tiny()
      const { model } = await mhvJson(cwd, 'model', 'setup', folder)
      const graph = join(model.folder, 'onnx', 'model_quantized.onnx')
      const bytes = harm(readFileSync(graph))
      if (bytes === null) rmSync(graph)
      else writeFileSync(graph, bytes)
      for (const configured of [false, true]) {
        if (configured) writeFileSync(join(cwd, '.mhvrc.yaml'), `search: { model: ${folder} }\n`)
        const { out, code } = await mhv(cwd, 'model', 'status')
        expect(code).toBe(1)
        expect(out).toMatch(/loads +no: The files of .* are not what was set up/)
        expect(out).toContain(`mhv model setup ${folder}\n`)
      }
      const { code, err } = await mhv(cwd, 'search', 'login')
      expect(code).toBe(0)
      // Reading all of a model costs more than a search: what has its size is for status to find.
      expect(err.includes('Searched by words alone: ')).toBe(how !== 'changed')
      await mhv(cwd, 'model', 'setup', folder)
      expect((await mhvJson(cwd, 'model', 'status')).works).toBe(true)
      expect(modelsKept()).toHaveLength(2)
    },
  )

  test('remove takes the model and its vectors here, and can be repeated', async () => {
    const cwd = await withTasks('Fix the login bug')
    const folder = tiny()
    await mhv(cwd, 'model', 'setup', folder)
    expect((await mhv(cwd, 'model', 'remove')).out).toMatch(/^Removed .*tiny: .* freed/)
    expect(modelsKept()).toEqual([])
    expect(readdirSync(join(cwd, '.git', 'mtos', 'vectors'))).toEqual([])
    expect(existsSync(folder)).toBe(true)
    const again = await mhv(cwd, 'model', 'remove', folder)
    expect([again.code, again.out]).toEqual([0, `${folder} is not set up.\n`])
  })
})

test('without onnxruntime-node the rest works, and setup says how to get it', async () => {
  const root = join(import.meta.dirname, '..', '..')
  const program = join(temporaryDirectory(), 'mhv')
  for (const name of ['bin', 'dist', 'package.json', 'oclif.manifest.json']) {
    cpSync(join(root, name), join(program, name), { recursive: true })
  }
  const cwd = await withTasks('Fix the login bug')
  const run = (...argv: string[]) => mhvProcess(cwd, argv, { program: join(program, 'bin', 'run.js') })
  const { code, err } = await run('model', 'setup', tiny())
  expect(code).toBe(1)
  expect(err).toContain('MODEL_RUNTIME_MISSING')
  expect(err).toContain(`npm install --no-save --prefix ${program} onnxruntime-node@1.14.0`)
  const { asked } = await host(servedFrom(tiny()))
  expect((await run('model', 'setup', 'Owner/tiny-1')).err).toContain('MODEL_RUNTIME_MISSING')
  expect(asked).toEqual([])
  expect(modelsKept()).toEqual([])
  expect((await run('task', 'list')).out).toContain('Fix the login bug')
  expect((await run('model', 'status')).code).toBe(0)
  expect(git(cwd, 'status', '--porcelain')).toBe('')
})

describe('HF_ENDPOINT', () => {
  test.each([
    ['http://ann:s3cret@127.0.0.1:9099', 'has credentials, which cannot be used'],
    ['foo', 'has to be an http or https URL'],
    ['ann:s3cret@host', 'has to be an http or https URL'],
  ])('%s is refused with the rule and an example, and no password is shown', async (value, rule) => {
    process.env.HF_ENDPOINT = value
    const cwd = await withTasks('One')
    const { code, out, err } = await mhv(cwd, 'model', 'setup')
    expect(code).toBe(2)
    expect(err).toContain(rule)
    expect(err).toContain('https://mirror.example')
    const json = await mhvJson(cwd, 'model', 'setup')
    expect(json.error.name).toBe('INVALID_INPUT')
    expect(out + err + JSON.stringify(json)).not.toContain('s3cret')
  })
})

test('a folder that is no model is named as it was given, with a step that leads out', async () => {
  const cwd = await withTasks('One')
  const folder = tiny()
  writeFileSync(join(folder, 'tokenizer.json'), '{}')
  const { error } = await mhvJson(cwd, 'model', 'setup', folder)
  expect(error).toMatchObject({ name: 'MODEL_BROKEN', data: { folder } })
  expect(error.message).toContain(folder)
  expect(JSON.stringify(error)).not.toMatch(/\.setup-|--help/)
})
