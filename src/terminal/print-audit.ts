import type { AuditFinding } from '../audit/audit-finding.ts'
import type { Audit } from '../audit/audit-log.ts'
import { MhvError } from '../errors.ts'
import { visible } from '../printable.ts'
import { colour } from './output/colour.ts'
import { isQuiet } from './output/output-mode.ts'

/** Findings of one kind that are shown; a key that is missing makes one of every commit. */
const MOST_SHOWN = 20

const isOk = ({ findings }: Audit) => findings.every(({ severity }) => severity !== 'error')

/** The audit as a document. */
export function auditJson(audit: Audit): Record<string, unknown> {
  const { findings, checked, signatures, tip } = audit
  return { ok: isOk(audit), findings, checked: { ...checked, tip }, signatures }
}

/** The error that an audit ends with where something is wrong, else null. */
export function auditRefusal(audit: Audit): MhvError | null {
  const wrong = audit.findings.filter(({ severity }) => severity === 'error')
  const [first] = wrong
  if (!first) return null
  const many = wrong.length === 1 ? 'One thing is' : `${wrong.length} things are`
  const message = `${many} wrong with the history of the task log. ${wrong.length === 1 ? '' : 'The first: '}${first.code}: ${first.message}`
  return new MhvError('AUDIT_FAILED', message, {
    recovery: [first.fix, 'mhv doctor'],
    data: auditJson(audit),
  })
}

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

function findingLines(findings: readonly AuditFinding[]): string[] {
  const shown = new Map<string, number>()
  const lines = findings.flatMap(({ code, severity, message, fix }) => {
    const before = shown.get(code) ?? 0
    shown.set(code, before + 1)
    if (before >= MOST_SHOWN) return []
    const word = severity === 'error' ? colour.red('error  ') : colour.yellow('warning')
    return [`${word}  ${code}: ${visible(message)}`, `         ${visible(fix)}`]
  })
  const left = [...shown].filter(([, count]) => count > MOST_SHOWN)
  return [
    ...lines,
    ...left.map(([code, count]) => `…        ${code}: ${count - MOST_SHOWN} more; --json lists all`),
  ]
}

/** Prints what an audit found and what it looked at. */
export function printAudit(audit: Audit, stream: NodeJS.WritableStream): void {
  const { findings, checked, signatures } = audit
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const parts = [
    errors > 0 ? `${errors} wrong` : 'Nothing is wrong',
    ...(warnings > 0 ? [`${warnings} worth knowing`] : []),
  ]
  const { commits, merges, versions, events } = checked
  const looked = `${counted(commits, 'commit')} (${counted(merges, 'merge')}), ${counted(events, 'event')} and ${counted(versions, 'version')} of files checked`
  const { good, bad, unknown, unsigned } = signatures
  const signed = `Signatures: ${good} good, ${bad} bad, ${unknown} that cannot be told; ${unsigned} unsigned.`
  const lines = [
    ...findingLines(findings),
    ...(isQuiet() ? [] : [`${parts.join(', ')}; ${looked}.`]),
    ...(!isQuiet() && good + bad + unknown > 0 ? [signed] : []),
  ]
  for (const line of lines) stream.write(`${line}\n`)
}
