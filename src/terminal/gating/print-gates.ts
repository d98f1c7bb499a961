import type { GateReport } from '../../gates/gate-report.ts'
import { colourOf } from '../output/colour.ts'
import { isQuiet, note } from '../output/output-mode.ts'
import { failingOutput, gateTable, remarksOn } from './gate-table.ts'

/** Says what gates said: a table, the output of those that did not pass, and where the rest of it is. */
export async function printGates(reports: readonly GateReport[], stream: NodeJS.WriteStream): Promise<void> {
  const wantsColour = colourOf(stream) !== null
  for (const report of reports) {
    if (report.results.length + report.overridden.length === 0) continue
    const failing = failingOutput(report, wantsColour)
    // Beside an answer, only what went wrong is wanted then.
    if (isQuiet() && stream === process.stderr && !failing) continue
    stream.write(`${await gateTable(report, stream.isTTY ? stream.columns || 80 : null)}\n`)
    if (failing) stream.write(`\n${failing}\n`)
    else if (report.log) stream.write(`\nLogs: ${report.log}\n`)
    for (const remark of remarksOn(report)) note(`${remark}\n`)
  }
}
