import type { Diagnosis } from '../doctor/diagnose.ts'
import type { Finding } from '../doctor/finding.ts'
import { visible } from '../printable.ts'
import { pasted } from './failing/pasted-step.ts'
import { colour } from './output/colour.ts'
import { aside } from './output/output-mode.ts'

const asJson = ({ code, severity, message, fix, next, mend }: Finding) => ({
  code,
  severity,
  message,
  fix: pasted(fix),
  next: next.map(pasted),
  fixable: mend !== undefined,
})

/**
 * Prints what the doctor found, and what was mended.
 * @returns whether nothing is wrong; warnings alone are not wrong
 */
export function printDiagnosis(
  { findings, checked }: Diagnosis,
  mended: readonly Finding[],
  json: boolean,
): boolean {
  const errors = findings.filter((finding) => finding.severity === 'error').length
  const ok = errors === 0
  if (json) {
    const document = { schema: 1, ok, findings: findings.map(asJson), mended: mended.map(asJson), checked }
    process.stdout.write(`${JSON.stringify(document)}\n`)
    return ok
  }
  const out = (text: string) => process.stdout.write(`${text}\n`)
  for (const { code, message } of mended) out(`${colour.green('mended')}   ${code}: ${visible(message)}`)
  for (const { code, severity, message, fix, next } of findings) {
    const word = severity === 'error' ? colour.red('error  ') : colour.yellow('warning')
    out(`${word}  ${code}: ${visible(message)}`)
    for (const step of [fix, ...next]) out(`         ${visible(pasted(step))}`)
  }
  const warnings = findings.length - errors
  const parts = [
    errors > 0 ? `${errors} wrong` : 'Nothing is wrong',
    ...(warnings > 0 ? [`${warnings} worth knowing`] : []),
  ]
  const { tasks, events, versions, versions_left: left } = checked
  aside(`${parts.join(', ')}; ${tasks} tasks and ${events} events checked.`)
  if (left > 0) {
    aside(
      `Of ${versions + left} older versions of their files ${versions} were compared with them, the newest.`,
    )
  }
  return ok
}
