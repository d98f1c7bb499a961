import type { GateResult } from '../../schemas/gate-record.ts'
import { MhvError, shellWord } from '../errors.ts'
import type { GateReport } from '../gates/gate-report.ts'

const named = (results: readonly GateResult[]) => results.map(({ gate }) => gate).join(', ')

/** A report as scripts see it. */
export const gateReportJson = ({ outputs: _outputs, ...report }: GateReport): Record<string, unknown> => ({
  ...report,
})

/**
 * The error for gates that do not let pass, or null where they do.
 * @param again what runs the gates of a report once more, but for their names: a task, or nothing for what is here
 */
export function gateRefusal(
  reports: readonly GateReport[],
  again: (report: GateReport) => string,
): MhvError | null {
  const required = reports.flatMap(({ results }) => results).filter((result) => result.required)
  const failed = required.filter(({ outcome }) => outcome === 'failed' || outcome === 'timed out')
  const stuck = required.filter(({ outcome }) => outcome === 'not started')
  const isMany = (results: readonly GateResult[]) => (results.length === 1 ? 'The gate' : 'The gates')
  const data = { reports: reports.map(gateReportJson) }
  const steps = () =>
    reports.flatMap((report) => {
      const names = report.results
        .filter((result) => failed.includes(result))
        .map(({ gate }) => shellWord(gate))
      return names.length === 0 ? [] : [`${again(report)} --only ${names.join(',')}`]
    })
  if (failed.length > 0) {
    return new MhvError('GATE_FAILED', `${isMany(failed)} ${named(failed)} failed.`, {
      recovery: [...new Set(steps())],
      data,
    })
  }
  if (stuck.length > 0) {
    const why = stuck.map(({ gate, detail }) => (detail ? `${gate}: ${detail}` : gate)).join('; ')
    return new MhvError('GATE_NOT_STARTED', `${isMany(stuck)} could not be started: ${why}.`, { data })
  }
  return null
}
