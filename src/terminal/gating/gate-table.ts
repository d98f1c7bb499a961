import { join } from 'node:path'
import type { GateResult } from '../../../schemas/gate-record.ts'
import { withoutEscapes } from '../../gates/count-issues.ts'
import { fileNameOf } from '../../gates/gate-output.ts'
import type { GateReport } from '../../gates/gate-report.ts'
import { visible } from '../../printable.ts'
import { colour, paintOutcome } from '../output/colour.ts'
import { renderTable } from '../output/table.ts'

/** Lines of a failing gate's output that are shown; its log has all. */
const MOST_LINES = 100

/** Whether a result is one that its reader has to do something about. */
const isTrouble = ({ outcome }: GateResult) =>
  outcome === 'failed' || outcome === 'timed out' || outcome === 'not started'

const seconds = ({ outcome, seconds }: GateResult) => (outcome === 'skipped' ? '' : seconds.toFixed(1))

/** What gates said, a line each. */
export async function gateTable(report: GateReport, width: number | null): Promise<string> {
  const columns = [
    { title: 'GATE' },
    { title: 'RESULT', paint: paintOutcome },
    { title: 'SECONDS', right: true, spare: 3 },
    { title: 'ISSUES', right: true, spare: 1 },
    { title: 'CACHED', spare: 2 },
  ]
  const rows = report.results.map((result) => [
    result.gate,
    `${result.outcome}${result.required || !isTrouble(result) ? '' : ' (advisory)'}`,
    seconds(result),
    result.issues === null ? '' : String(result.issues),
    result.cached ? 'cached' : '',
  ])
  return renderTable(
    columns,
    [...rows, ...report.overridden.map((gate) => [gate, 'overridden', '', '', ''])],
    width,
  )
}

/** Foreign output for a reader who is no terminal, or for one that may be given colours but no other commands. */
function shown(output: string, inColour: boolean): string {
  const lines = output.replace(/\r\n/g, '\n').replace(/\n+$/, '').split('\n')
  const safe = (line: string) => {
    // What was overwritten on its line, as progress bars are, was not to be read.
    const last = line.slice(line.lastIndexOf('\r') + 1)
    if (!inColour) return visible(withoutEscapes(last))
    const parts = last.split(/(\u001b\[[\d;]*m)/)
    return parts.map((part, i) => (i % 2 === 1 ? part : visible(withoutEscapes(part)))).join('')
  }
  const kept = lines.slice(-MOST_LINES).map(safe)
  const left = lines.length - kept.length
  return `${left > 0 ? `… ${left} lines before\n` : ''}${kept.join('\n')}${inColour ? '\u001b[0m' : ''}`
}

/** The output of the gates that did not pass, and where all of it is. */
export function failingOutput(report: GateReport, inColour: boolean): string {
  const sections = report.results.filter(isTrouble).map((result) => {
    const said = result.detail ?? (result.exit_code === null ? null : `exit code ${result.exit_code}`)
    const head = `${colour.bold(result.gate)}: ${result.outcome}${said ? ` (${said})` : ''}`
    const output = shown(report.outputs.get(result.gate) ?? '', inColour)
    const file = report.log ? `\nWhole output: ${join(report.log, fileNameOf(result.gate))}` : ''
    return `${head}\n${output}${file}`
  })
  return sections.join('\n\n')
}

/** What else has to be known of a run, a sentence each. */
export function remarksOn(report: GateReport): string[] {
  const { clean, differences, results, unrecorded, temporary, skippedSetup } = report
  const ran = results.some(({ cached, outcome }) => !cached && outcome !== 'skipped')
  const some = `${differences.slice(0, 3).join(', ')}${differences.length > 3 ? ', …' : ''}`
  return [
    ...(clean || !ran
      ? []
      : [`The gates ran on files that differ from the commit (${some}): a pass is not remembered.`]),
    ...(temporary ? ['The gates ran in a temporary worktree, which is gone again.'] : []),
    ...(skippedSetup.length > 0
      ? [
          'Its set-up commands were left out, since you have not agreed to them; this agrees: mhv config trust',
        ]
      : []),
    ...(unrecorded ? [`The results could not be recorded: ${unrecorded}`] : []),
  ]
}
