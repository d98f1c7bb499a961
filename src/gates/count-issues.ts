const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g

/** Text without the colours and movements of a terminal. */
export const withoutEscapes = (text: string): string => text.replace(ESCAPES, '')

/** Summaries of well-known tools, each with its count of findings. */
const SUMMARIES: readonly RegExp[] = [
  // ESLint, stylelint
  /^\s*✖ (\d+) problems?\b/gm,
  // Ruff, mypy, Biome, tsc with --pretty
  /^Found (\d+) errors?\b/gm,
  // pytest
  /^=+ .*?\b(\d+) failed\b.* in [\d.]+s/gm,
  // Vitest, Jest
  /^\s*Tests:?\s+(\d+) failed\b/gm,
  // cargo test
  /^test result: FAILED\. \d+ passed; (\d+) failed;/gm,
  // gitleaks
  /\bleaks found: (\d+)/g,
]

/** Lines of which each is one finding. */
const LINES: readonly RegExp[] = [
  // tsc
  /^\S.*\(\d+,\d+\): error TS\d+:/gm,
  // go test
  /^\s*--- FAIL: /gm,
]

/** How many findings a gate's output tells of; null where it has no summary that is known. */
export function countIssues(output: string): number | null {
  const text = withoutEscapes(output)
  for (const summary of SUMMARIES) {
    const counts = [...text.matchAll(summary)].map(([, count]) => Number(count))
    if (counts.length > 0) return counts.reduce((sum, count) => sum + count, 0)
  }
  for (const line of LINES) {
    const found = text.match(line)?.length ?? 0
    if (found > 0) return found
  }
  return null
}
