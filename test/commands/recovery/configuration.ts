import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commitFiles, gatedRepository } from '../../support/gates.ts'
import { script } from '../../support/hooks.ts'
import type { Scenarios, Situation } from '../../support/recovery.ts'
import { temporaryDirectory, temporaryRepository } from '../../support/repository.ts'
import { run } from '../../support/use-tasks.ts'

/** A value that stands for two: changed where it is written, it would change the other one too. */
async function shared(): Promise<Situation> {
  const cwd = temporaryRepository()
  await run(cwd, 'init')
  const gates = ['a', 'b'].map((name) => `  - {name: ${name}, command: "true", env: ENV}\n`)
  const [one, other] = ['&e {X: "1"}', '*e'].map((env, i) => gates[i]!.replace('ENV', env))
  writeFileSync(join(cwd, '.mhvrc.yaml'), `gates:\n${one}${other}`)
  const env = editorThat(`sed -i.old 's/[*]e/{X: "1"}/; s/&e //' "$1"`)
  return { cwd, command: 'config set gates[0].env.X 2', env }
}

async function program(): Promise<Situation> {
  const cwd = temporaryRepository()
  await run(cwd, 'init')
  const file = 'mhv.config.js'
  commitFiles(cwd, { [file]: 'export default { gating: { jobs: 2 } }\n' })
  return { cwd, command: 'config set gating.jobs 3', env: editorThat('sed -i.old s/2/3/ "$1"') }
}

/** Stands for the user at work in an editor. */
function editorThat(works: string): Record<string, string> {
  const editor = join(temporaryDirectory(), 'editor')
  script(editor, `#!/bin/sh\n${works}\n`)
  return { EDITOR: editor, GIT_EDITOR: editor }
}

/** Somebody else writes the file while it is open for the first time. */
async function changedMeanwhile(): Promise<Situation> {
  const cwd = await gatedRepository([])
  const file = join(cwd, '.mhvrc.yaml')
  writeFileSync(file, 'gating: {jobs: 2}\n')
  const once = join(temporaryDirectory(), 'once')
  const env = editorThat(
    `test -e '${once}' || { touch '${once}'; echo 'sync: {push: true}' >> '${file}'; }\nsed -i.old s/2/3/ "$1"`,
  )
  const inTerminal = 'mhv() { script -qec "$(type -P mhv) $*" /dev/null; }'
  return { cwd, command: 'config edit', before: inTerminal, after: ';', env }
}

export const scenarios: Scenarios = {
  CONFIG_UNWRITABLE: [{ make: shared, leadsOut: 'retry' }],
  CONFIG_CHANGED: [{ make: changedMeanwhile, leadsOut: 'step' }],
  CONFIG_IS_A_PROGRAM: [{ make: program, leadsOut: 'step' }],
}
