import type { GateResult } from '../schemas/gate-record.ts'
import { MhvError, shellWord } from './errors.ts'
import type { GateReport } from './gates/gate-report.ts'

const named = (results: readonly GateResult[]) => results.map(({ gate }) => gate).join(', ')

/** A report as scripts see it. */
export const gateReportJson = ({ outputs: _outputs, ...report }: GateReport): Record<string, unknown> => ({
  ...report,
})

/**
 * The error for gates that do not let pass, or null where they do.
 * @param task number of the task whose work it is; null for none
 */
export function gateRefusal(reports: readonly GateReport[], task: number | null): MhvError | null {
  const required = reports.flatMap(({ results }) => results).filter((result) => result.required)
  const failed = required.filter(({ outcome }) => outcome === 'failed' || outcome === 'timed out')
  const stuck = required.filter(({ outcome }) => outcome === 'not started')
  const isMany = (results: readonly GateResult[]) => (results.length === 1 ? 'The gate' : 'The gates')
  const data = { reports: reports.map(gateReportJson) }
  const run = (results: readonly GateResult[]) =>
    `mhv gate run${task === null ? '' : ` ${task}`} --only ${[...new Set(results.map(({ gate }) => shellWord(gate)))].join(',')}`
  if (failed.length > 0) {
    return new MhvError('GATE_FAILED', `${isMany(failed)} ${named(failed)} failed.`, {
      recovery: [run(failed)],
      data,
    })
  }
  if (stuck.length > 0) {
    const why = stuck.map(({ gate, detail }) => (detail ? `${gate}: ${detail}` : gate)).join('; ')
    return new MhvError('GATE_NOT_STARTED', `${isMany(stuck)} could not be started: ${why}.`, { data })
  }
  return null
}
