/** What the health of several repositories' tasks is made of; each part is worth as many points. */
export const HEALTH_PARTS = ['references', 'cycles', 'bottlenecks', 'phantoms', 'repositories'] as const
export type HealthPart = (typeof HEALTH_PARTS)[number]

export const SEVERITIES = ['critical', 'warning', 'notice'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Something that is wrong, or worth knowing, between tasks and what they and their repositories name. */
export interface HealthFinding {
  readonly code: string
  readonly part: HealthPart
  /** Critical: work cannot go on, or a command breaks. */
  readonly severity: Severity
  /** null where it is no single repository's. */
  readonly repository: string | null
  readonly message: string
  /** Commands that lead out. */
  readonly fix: readonly string[]
}

/** What a part is worth without findings. */
export const PART_POINTS = 100 / HEALTH_PARTS.length
/** What a finding takes from its part, which never has less than nothing. */
export const TAKES: Readonly<Record<Severity, number>> = { critical: 10, warning: 4, notice: 1 }

export interface HealthScore {
  /** From 0 to 100: the sum of the parts. */
  readonly score: number
  readonly parts: Readonly<Record<HealthPart, number>>
}

export function scoreOf(findings: readonly HealthFinding[]): HealthScore {
  const pointsOf = (part: HealthPart) =>
    findings.reduce(
      (points, finding) => (finding.part === part ? Math.max(0, points - TAKES[finding.severity]) : points),
      PART_POINTS,
    )
  const parts = Object.fromEntries(HEALTH_PARTS.map((part) => [part, pointsOf(part)])) as Record<
    HealthPart,
    number
  >
  return { score: HEALTH_PARTS.reduce((sum, part) => sum + parts[part], 0), parts }
}

/** The most severe first, then by repository, in the order in which they were found. */
export function inOrder(
  findings: readonly HealthFinding[],
  repositories: readonly string[],
): HealthFinding[] {
  const place = ({ repository }: HealthFinding) => repositories.indexOf(repository ?? '')
  const rank = ({ severity }: HealthFinding) => SEVERITIES.indexOf(severity)
  return [...findings].sort((a, b) => rank(a) - rank(b) || place(a) - place(b))
}
