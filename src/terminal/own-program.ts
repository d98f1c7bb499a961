import { join } from 'node:path'
import type { Program } from '../hooks/install.ts'
import { packageRoot } from '../package-root.ts'

/** How this program is started without a PATH. */
export const ownProgram = (): Program => ({
  node: process.execPath,
  entry: join(packageRoot(), 'bin', 'run.js'),
})
