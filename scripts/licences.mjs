import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './commands-module.mjs'

/** Name, version, licence and licence text of packages, as one document. */
export function readLicences(names) {
  return [...names]
    .sort()
    .map((name) => {
      const folder = join(root, 'node_modules', name)
      if (!existsSync(folder)) return ''
      const { version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
      const by = typeof author === 'string' ? author : (author?.name ?? 'its authors')
      const text = file
        ? readFileSync(join(folder, file), 'utf8').trim()
        : `Copyright (c) ${by}. The package has no licence file; its licence is https://spdx.org/licenses/${license}.html`
      return `${name} ${version} (${license})\n\n${text}\n`
    })
    .join('\n----------------------------------------------------------------\n\n')
}
