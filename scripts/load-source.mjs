import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './commands-module.mjs'

/** Evaluates a source file of the program, for scripts that make something from it. */
export async function loadSource(file) {
  const { outputFiles } = await build({
    entryPoints: [join(root, file)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}
