import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { demoWith } from '../../support/hand-made.ts'
import { script } from '../../support/hooks.ts'
import type { Scenarios, Situation } from '../../support/recovery.ts'
import { temporaryDirectory } from '../../support/repository.ts'
import { tinyModel } from '../../support/tiny-model.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const aModel = () => tinyModel(join(temporaryDirectory(), 'tiny'))

/** A host of models that knows one, by every name. */
async function mirror(): Promise<string> {
  const folder = aModel()
  const server = createServer((request, response) => {
    const file = /\/resolve\/main\/(.*)$/.exec(request.url!)?.[1]
    const path = join(folder, file ?? '')
    if (!file || !existsSync(path)) {
      response.writeHead(404).end()
      return
    }
    const content = readFileSync(path)
    response.writeHead(200, { 'content-length': content.length })
    response.end(request.method === 'HEAD' ? undefined : content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A folder whose model is damaged, and a host that has whole ones. */
const damaged = (damage: (folder: string) => void) => async (): Promise<Situation> => {
  const folder = aModel()
  damage(folder)
  return {
    cwd: await demoWith('Fix the login bug'),
    command: `model setup ${folder}`,
    env: { HF_ENDPOINT: await mirror(), XDG_CACHE_HOME: temporaryDirectory() },
  }
}

async function withoutNetwork(): Promise<Situation> {
  return {
    cwd: await demoWith('Fix the login bug'),
    command: 'model setup',
    env: { HF_ENDPOINT: 'http://127.0.0.1:9099', XDG_CACHE_HOME: temporaryDirectory() },
    fill: { '<FOLDER>': aModel() },
  }
}

/** A copy of the program beside which nothing is installed, and an npm that has in its cache what it is asked for. */
async function withoutRuntime(): Promise<Situation> {
  const program = join(temporaryDirectory(), 'mhv')
  for (const name of ['bin', 'dist', 'package.json', 'oclif.manifest.json']) {
    cpSync(join(ROOT, name), join(program, name), { recursive: true })
  }
  const bin = temporaryDirectory()
  symlinkSync(join(program, 'bin', 'run.js'), join(bin, 'mhv'))
  const modules = join(ROOT, 'node_modules')
  script(
    join(bin, 'npm'),
    `#!/bin/sh
test "$1 $2 $3 $5" = 'install --no-save --prefix onnxruntime-node@1.14.0' || exit 1
mkdir -p "$4/node_modules" && ln -s '${modules}'/onnxruntime-* "$4/node_modules"
`,
  )
  return {
    cwd: await demoWith('Fix the login bug'),
    command: `model setup ${aModel()}`,
    before: `PATH=${bin}:$PATH`,
    env: { XDG_CACHE_HOME: temporaryDirectory() },
  }
}

export const scenarios: Scenarios = {
  MODEL_RUNTIME_MISSING: [{ make: withoutRuntime, leadsOut: 'retry' }],
  MODEL_NOT_FOUND: [{ make: damaged((folder) => rmSync(join(folder, 'tokenizer.json'))), leadsOut: 'step' }],
  MODEL_UNREACHABLE: [
    {
      make: withoutNetwork,
      leadsOut: 'step',
      // Set up from a folder; curl then says that nobody listens at the host.
      codes: [0, 7],
    },
  ],
  MODEL_BROKEN: [
    { make: damaged((folder) => writeFileSync(join(folder, 'tokenizer.json'), '{}')), leadsOut: 'step' },
  ],
}
