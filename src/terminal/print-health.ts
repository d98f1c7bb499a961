import type { Health } from '../health/check-health.ts'
import { visible } from '../printable.ts'
import {
  HEALTH_PARTS,
  type HealthFinding,
  PART_POINTS,
  SEVERITIES,
  type Severity,
  TAKES,
} from '../query/health.ts'
import { pasted } from './failing/pasted-step.ts'
import { colour } from './output/colour.ts'

const PAINT: Readonly<Record<Severity, (text: string) => string>> = {
  critical: colour.red,
  warning: colour.yellow,
  notice: colour.gray,
}

/** Findings of one kind that are told; programs get all of them. */
const MOST = 10

/** The findings as lines, of each kind the first few and how many more there are. */
function findingLines(findings: readonly HealthFinding[]): string[] {
  const kinds = new Map<string, HealthFinding[]>()
  for (const finding of findings) {
    const kind = `${PAINT[finding.severity](finding.severity.padEnd(8))}  ${finding.code}: `
    const known = kinds.get(kind)
    if (known) known.push(finding)
    else kinds.set(kind, [finding])
  }
  return [...kinds].flatMap(([kind, all]) => [
    ...all
      .slice(0, MOST)
      .flatMap(({ message, fix }) => [
        kind + visible(message),
        ...fix.map((step) => `          ${visible(step)}`),
      ]),
    ...(all.length > MOST ? [`${kind}and ${all.length - MOST} more (--json tells all)`] : []),
  ])
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
  const shown = findings
    .filter(({ severity }) => !criticalOnly || severity === 'critical')
    .map((finding) => ({ ...finding, fix: finding.fix.map(pasted) }))
  const ok = counts.critical === 0
  if (json) {
    const document = { schema: 1, ok, score, parts, counts, repositories, findings: shown }
    process.stdout.write(`${JSON.stringify(document)}\n`)
    return ok
  }
  const out = (text: string) => process.stdout.write(`${text}\n`)
  for (const line of findingLines(shown)) out(line)
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
