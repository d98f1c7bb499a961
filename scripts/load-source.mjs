import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './commands-module.mjs'

/**
 * Evaluates a source file of the program, for scripts that make something from it.
 * @param alias packages that it names and does not use when it is evaluated, with what stands in for them
 */
export async function loadSource(file, alias = {}) {
  const { outputFiles } = await build({
    entryPoints: [join(root, file)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    alias,
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}
