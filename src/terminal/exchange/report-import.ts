import { type ImportPlan, systemsOf } from '../../exchange/plan-import.ts'
import { WARNING_KINDS, type Warning } from '../../exchange/source-record.ts'
import { listNumbers } from '../../query/number-list.ts'
import { isQuiet } from '../output/output-mode.ts'

const MOST_SHOWN = 20
/** From more warnings of one kind than this only some places are named. */
const MOST_OF_A_KIND = 3

const count = (n: number, what = 'task') => (n === 1 ? `1 ${what}` : `${n} ${what}s`)

/** Says what an import did or, of a dry run, would do. Warnings go to standard error. */
export function reportImport(plan: ImportPlan, repository: string, dryRun: boolean, json: boolean): void {
  const out = (line: string) => process.stdout.write(`${line}\n`)
  if (json) {
    out(JSON.stringify(documentOf(plan, repository, dryRun)))
    return
  }
  const { tasks, unchanged, deleted, differing, late } = plan
  const sayLosses = () => {
    for (const line of warningLines(plan.warnings)) process.stderr.write(`Warning: ${line}\n`)
  }
  if (isQuiet()) {
    // What a script goes on with: the tasks that came.
    if (tasks.length > 0) out(`#${listNumbers(tasks.map(({ number }) => number))}`)
    sayLosses()
    return
  }
  const here = unchanged - deleted.length
  const found = here > 0 ? `${count(here)} of the file here already` : ''
  if (tasks.length === 0) out(`Nothing to import${found ? `: ${found}` : ''}.`)
  else {
    const [first, last] = [tasks[0]!.number, tasks.at(-1)!.number]
    const numbers = first === last ? `#${first}` : `#${first} to #${last}`
    const did = dryRun ? 'Would import' : 'Imported'
    const rest = found ? `; ${found}` : ''
    out(`${did} ${count(tasks.length)} from ${systemsOf(plan)} as ${numbers}${rest}.`)
    if (dryRun) for (const line of previewOf(plan)) out(`  ${line}`)
  }
  for (const { number, links } of late.slice(0, MOST_SHOWN)) {
    const names = links.map(({ relation, name }) => (relation === 'blocks' ? name : `parent ${name}`))
    out(
      `${dryRun ? 'Would link' : 'Linked'} #${number} to ${names.join(', ')}, which its first import did not find.`,
    )
  }
  if (late.length > MOST_SHOWN) out(`… and ${count(late.length - MOST_SHOWN)} more like these.`)
  if (differing.length > 0) {
    const names = [...new Set(differing.flatMap((one) => one.fields))]
    const fields = `${names.slice(0, MOST_SHOWN).join(', ')}${names.length > MOST_SHOWN ? ', …' : ''}`
    const differ = differing.length === 1 ? 'differs' : 'differ'
    out(
      `${count(differing.length)} here ${differ} from the file, in ${fields}; import changes no task that is here.`,
    )
    for (const one of differing.slice(0, MOST_SHOWN))
      out(`  #${one.number} (${one.place}): ${one.fields.join(', ')}`)
    if (differing.length > MOST_SHOWN) out(`  … and ${differing.length - MOST_SHOWN} more (--json names all)`)
  }
  for (const line of deletedLines(plan)) out(line)
  sayLosses()
}

/** Which tasks of a file were deleted here, and how they come back; nothing where none were. */
export function deletedLines(plan: ImportPlan): string[] {
  const { length } = plan.deleted
  if (length === 0) return []
  const [are, them] = length === 1 ? ['is', 'it'] : ['are', 'them']
  return [
    `${count(length)} of the file ${are} deleted here. To bring ${them} back:`,
    `  ${restoreStep(plan)}`,
  ]
}

const restoreStep = ({ deleted }: ImportPlan) =>
  `mhv task restore ${listNumbers(deleted.map(({ number }) => number))}`

function documentOf(plan: ImportPlan, repository: string, dryRun: boolean): object {
  const { tasks, unchanged, deleted, differing, late, warnings } = plan
  const ref = ({ number }: { readonly number: number }) => `${repository}#${number}`
  return {
    schema: 1,
    imported: tasks.length,
    unchanged,
    dry_run: dryRun,
    summary: summaryOf(plan),
    warnings,
    tasks: tasks.map(ref),
    differing: differing.map((one) => ({ ref: ref(one), id: one.id, place: one.place, fields: one.fields })),
    linked: late.map((one) => ({
      ref: ref(one),
      id: one.id,
      place: one.place,
      links: one.links.map(({ name, relation, id }) => ({ name, type: relation, id })),
    })),
    deleted: deleted.map(ref),
    recovery: deleted.length > 0 ? [restoreStep(plan)] : [],
  }
}

/** How many there are of what an import brings, by which a reader sees whether the file was understood. */
function summaryOf({ tasks }: ImportPlan) {
  const status: Record<string, number> = {}
  for (const { source } of tasks) status[source.status] = (status[source.status] ?? 0) + 1
  const links = tasks.flatMap((task) => task.links)
  return {
    status,
    dependencies: links.filter(({ relation }) => relation === 'blocks').length,
    parents: links.filter(({ relation }) => relation === 'parent_child').length,
    comments: tasks.reduce((sum, { source }) => sum + (source.fields.comments?.length ?? 0), 0),
    labels: new Set(tasks.flatMap(({ source }) => source.labels)).size,
  }
}

function previewOf(plan: ImportPlan): string[] {
  const { status, dependencies, parents, comments, labels } = summaryOf(plan)
  const counts = [
    ...Object.entries(status).map(([name, n]) => `${n} ${name}`),
    dependencies === 1 ? '1 dependency' : `${dependencies} dependencies`,
    count(parents, 'parent'),
    count(comments, 'comment'),
    count(labels, 'label'),
  ]
  const lines = plan.tasks
    .slice(0, MOST_SHOWN)
    .map(({ number, source }) => `#${number} ${source.status} ${source.fields.title} (${source.key})`)
  const more = plan.tasks.length - MOST_SHOWN
  return [counts.join(', '), ...lines, ...(more > 0 ? [`… and ${more} more`] : [])]
}

/** Of many warnings of one kind what they have in common, and the first places. */
function warningLines(warnings: readonly Warning[]): string[] {
  const byKind = new Map<Warning['kind'], Warning[]>()
  for (const warning of warnings) {
    const known = byKind.get(warning.kind)
    if (known) known.push(warning)
    else byKind.set(warning.kind, [warning])
  }
  return [...byKind].flatMap(([kind, all]) => {
    const places = [...new Set(all.map(({ place }) => place))]
    if (all.length <= MOST_OF_A_KIND || places.length === 1)
      return all.map(({ place, message }) => `${place}: ${message}`)
    const named = places.slice(0, MOST_OF_A_KIND).join(', ')
    const more = places.length > MOST_OF_A_KIND ? ', … (--json names all)' : ''
    return [`${count(places.length)} ${WARNING_KINDS[kind]}: ${named}${more}`]
  })
}
