import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The directory that holds the program's package.json: above `dist` once built, above `src` when run from sources. */
export function packageRoot(): string {
  let directory = import.meta.dirname
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory)
  return directory
}

/** The version in package.json. */
export function programVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string })
    .version
}
