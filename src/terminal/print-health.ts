import type { Health } from '../health/check-health.ts'
import { visible } from '../printable.ts'
import { HEALTH_PARTS, PART_POINTS, SEVERITIES, type Severity, TAKES } from '../query/health.ts'
import { colour } from './colour.ts'

const PAINT: Readonly<Record<Severity, (text: string) => string>> = {
  critical: colour.red,
  warning: colour.yellow,
  notice: colour.gray,
}

/**
 * Prints the health of several repositories' tasks.
 * @returns whether nothing critical was found
 */
export function printHealth(
  health: Health,
  repositories: number,
  criticalOnly: boolean,
  json: boolean,
): boolean {
  const { findings, score, parts } = health
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, count(severity)]))
  const shown = criticalOnly ? findings.filter(({ severity }) => severity === 'critical') : findings
  const ok = counts.critical === 0
  if (json) {
    const document = { schema: 1, ok, score, parts, counts, repositories, findings: shown }
    process.stdout.write(`${JSON.stringify(document)}\n`)
    return ok
  }
  const out = (text: string) => process.stdout.write(`${text}\n`)
  for (const { severity, code, message, fix } of shown) {
    out(`${PAINT[severity](severity.padEnd(8))}  ${code}: ${visible(message)}`)
    for (const step of fix) out(`          ${visible(step)}`)
  }
  const plural = (severity: Severity) =>
    severity === 'critical' || counts[severity] === 1 ? severity : `${severity}s`
  const numbers = SEVERITIES.map((severity) => `${counts[severity]} ${plural(severity)}`).join(', ')
  out(
    `Health ${score} of 100 over ${repositories} ${repositories === 1 ? 'repository' : 'repositories'}: ${numbers}.`,
  )
  out(`  ${HEALTH_PARTS.map((part) => `${part} ${parts[part]}/${PART_POINTS}`).join(', ')}`)
  const takes = SEVERITIES.map((severity) => `${TAKES[severity]} for each ${severity}`).join(', ')
  if (findings.length > 0) out(`  Of ${PART_POINTS} points, a part loses ${takes}.`)
  return ok
}
