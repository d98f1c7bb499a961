import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const MODULE = 'mhv:commands'

/** Files below commands/ with their oclif ids: commands/task/create.ts is task:create. */
export function commandFiles() {
  const folder = join(root, 'commands')
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({
      id: file.replace(/\.ts$/, '').replaceAll('\\', '/').replaceAll('/', ':'),
      path: join(folder, file),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Files in hooks/, by the names of the git hooks: hooks/pre-push.ts is what `mhv hook pre-push` runs. */
function hookFiles() {
  const folder = join(root, 'hooks')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ id: file.replace(/\.ts$/, ''), path: join(folder, file) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

const loaders = (files) =>
  files.map(({ id, path }) => `  ${JSON.stringify(id)}: () => import(${JSON.stringify(path)}),\n`).join('')

/** Source of the module that main.ts imports: a loader for each command and git hook, so that only the one that runs is evaluated. */
function commandsModule(commands, hooks) {
  return `export const LOADERS = {\n${loaders(commands)}}\nexport const HOOKS = {\n${loaders(hooks)}}\n`
}

/** Source of a module that holds every command class at once, in the shape that oclif's explicit strategy reads. */
export function allCommandsModule() {
  const files = commandFiles()
  const imports = files.map(({ path }, i) => `import C${i} from ${JSON.stringify(path)}`)
  const entries = files.map(({ id }, i) => `  ${JSON.stringify(id)}: C${i},`)
  return `${imports.join('\n')}\nexport const COMMANDS = {\n${entries.join('\n')}\n}\n`
}

/** The virtual module for esbuild, with these commands and hooks. */
export const esbuildCommands = (commands = commandFiles(), hooks = hookFiles()) => ({
  name: 'mhv-commands',
  setup(build) {
    build.onResolve({ filter: /^mhv:commands$/ }, () => ({ path: MODULE, namespace: 'mhv' }))
    build.onLoad({ filter: /.*/, namespace: 'mhv' }, () => ({
      contents: commandsModule(commands, hooks),
      resolveDir: join(root, 'commands'),
    }))
  },
})

/** The virtual module for vite, and so for vitest. */
export const viteCommands = {
  name: 'mhv-commands',
  resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
  load: (id) => (id === `\0${MODULE}` ? commandsModule(commandFiles(), hookFiles()) : null),
}
