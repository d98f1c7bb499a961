import { type ImportPlan, systemsOf } from '../exchange/plan-import.ts'

const MOST_SHOWN = 20

/** Says what an import did or, of a dry run, would do. Warnings go to standard error. */
export function reportImport(plan: ImportPlan, repository: string, dryRun: boolean, json: boolean): void {
  const { tasks, unchanged, warnings } = plan
  if (json) {
    const refs = tasks.map(({ number }) => `${repository}#${number}`)
    const document = { schema: 1, imported: tasks.length, unchanged, dry_run: dryRun, warnings, tasks: refs }
    process.stdout.write(`${JSON.stringify(document)}\n`)
    return
  }
  const count = (n: number) => (n === 1 ? '1 task' : `${n} tasks`)
  const here = unchanged > 0 ? `${count(unchanged)} of the file here already` : ''
  if (tasks.length === 0) {
    process.stdout.write(`Nothing to import${here ? `: ${here}` : ''}.\n`)
  } else {
    const [first, last] = [tasks[0]!.number, tasks.at(-1)!.number]
    const numbers = first === last ? `#${first}` : `#${first} to #${last}`
    const did = dryRun ? 'Would import' : 'Imported'
    const rest = here ? `; ${here}` : ''
    process.stdout.write(`${did} ${count(tasks.length)} from ${systemsOf(plan)} as ${numbers}${rest}.\n`)
    if (dryRun) for (const line of previewOf(plan)) process.stdout.write(`  ${line}\n`)
  }
  for (const { place, message } of warnings.slice(0, MOST_SHOWN)) {
    process.stderr.write(`Warning: ${place}: ${message}\n`)
  }
  if (warnings.length > MOST_SHOWN) {
    process.stderr.write(`… and ${warnings.length - MOST_SHOWN} more warnings (--json names all)\n`)
  }
}

function previewOf({ tasks }: ImportPlan): string[] {
  const lines = tasks
    .slice(0, MOST_SHOWN)
    .map(({ number, source }) => `#${number} ${source.status} ${source.fields.title} (${source.key})`)
  return tasks.length > MOST_SHOWN ? [...lines, `… and ${tasks.length - MOST_SHOWN} more`] : lines
}
