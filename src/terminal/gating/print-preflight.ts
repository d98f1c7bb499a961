import { MhvError } from '../../errors.ts'
import type { Check } from '../../preflight/check.ts'
import { visible } from '../../printable.ts'
import { colour } from '../output/colour.ts'
import { aside, isQuiet } from '../output/output-mode.ts'
import { renderTable } from '../output/table.ts'

const PAINT: Readonly<Record<string, (text: string) => string>> = {
  ok: colour.green,
  warning: colour.yellow,
  critical: colour.red,
}
const paintState = (text: string) => (PAINT[text.trim()] ?? String)(text)

const totalsOf = (checks: readonly Check[]) => {
  const count = (state: Check['state']) => checks.filter((check) => check.state === state).length
  return { ok: count('ok'), warning: count('warning'), critical: count('critical') }
}

/** The checks as scripts see them. */
export const preflightJson = (checks: readonly Check[]) => ({ checks, totals: totalsOf(checks) })

/** Shows the checks as a table with totals, and says what to do about those that are not well. */
export async function printPreflight(checks: readonly Check[]): Promise<void> {
  const { stdout } = process
  const columns = [{ title: 'CHECK' }, { title: 'STATE', paint: paintState }, { title: 'SAYS', least: [20] }]
  // Whatever is wrong is shown whole.
  const rows = checks.map(({ name, state, message }) => [visible(name), state, visible(message)])
  stdout.write(`${await renderTable(columns, rows, null)}\n`)
  for (const { name, state, recovery } of checks) {
    // The refusal that follows has the steps for what is critical.
    if (isQuiet() || state !== 'warning' || recovery.length === 0) continue
    stdout.write(`\n${visible(name)}:\n`)
    for (const step of recovery) stdout.write(`    ${visible(step)}\n`)
  }
  const { ok, warning, critical } = totalsOf(checks)
  aside(`\n${ok} ok, ${warning} ${warning === 1 ? 'warning' : 'warnings'}, ${critical} critical\n`)
}

/** The error for what is critical, or null where nothing is. */
export function preflightRefusal(checks: readonly Check[]): MhvError | null {
  const names = checks.filter(({ state }) => state === 'critical').map(({ name }) => name)
  if (names.length === 0) return null
  const recovery = checks.filter(({ state }) => state === 'critical').flatMap((check) => check.recovery)
  return new MhvError(
    'PREFLIGHT_FAILED',
    `Work cannot be saved as it should: ${[...new Set(names)].join(', ')}.`,
    {
      recovery: [...new Set(recovery)],
      data: { checks: names },
    },
  )
}
