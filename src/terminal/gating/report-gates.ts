import type { GateReport } from '../../gates/gate-report.ts'
import { gateRefusal } from '../../gating/gate-refusal.ts'
import { note } from '../output/output-mode.ts'
import { printGates } from './print-gates.ts'

/**
 * Says on standard error what gates said in a hook: all of it where they stop git, one line where they do not.
 * Errors: GATE_FAILED, GATE_NOT_STARTED.
 */
export async function reportGates(reports: readonly GateReport[]): Promise<void> {
  const refusal = gateRefusal(reports, ({ moment, commit }) =>
    // What is pushed need not be what is checked out.
    moment === 'pre-push' ? `mhv gate run --at ${commit.slice(0, 12)}` : 'mhv gate run',
  )
  const results = reports.flatMap((report) => report.results)
  const isWorthShowing = results.some(({ outcome }) => outcome !== 'passed' && outcome !== 'skipped')
  if (refusal || isWorthShowing) await printGates(reports, process.stderr)
  if (refusal) throw refusal
  const passed = results.filter(({ outcome }) => outcome === 'passed')
  const overridden = reports.flatMap((report) => report.overridden)
  const said = [
    ...(passed.length > 0
      ? [`passed: ${passed.map(({ gate, cached }) => (cached ? `${gate} (cached)` : gate)).join(', ')}`]
      : []),
    ...(overridden.length > 0 ? [`overridden: ${overridden.join(', ')}`] : []),
  ]
  if (said.length > 0) note(`mhv: gates ${said.join('; ')}\n`)
}
