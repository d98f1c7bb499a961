import type { Diagnosis } from '../doctor/diagnose.ts'
import type { Finding } from '../doctor/finding.ts'
import { colour } from './colour.ts'

const asJson = ({ code, severity, message, fix, mend }: Finding) => ({
  code,
  severity,
  message,
  fix,
  fixable: mend !== undefined,
})

/** Terminal escapes may be part of what is wrong: nothing of a damaged file reaches the terminal as it is. */
const plain = (text: string) =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '�')

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
  for (const { code, message } of mended) out(`${colour.green('mended')}   ${code}: ${plain(message)}`)
  for (const { code, severity, message, fix } of findings) {
    const word = severity === 'error' ? colour.red('error  ') : colour.yellow('warning')
    out(`${word}  ${code}: ${plain(message)}\n         ${plain(fix)}`)
  }
  const warnings = findings.length - errors
  const parts = [
    errors > 0 ? `${errors} wrong` : 'Nothing is wrong',
    ...(warnings > 0 ? [`${warnings} worth knowing`] : []),
  ]
  out(`${parts.join(', ')}; ${checked.tasks} tasks and ${checked.events} events checked.`)
  return ok
}
