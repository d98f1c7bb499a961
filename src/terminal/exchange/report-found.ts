import { type FoundTracker, importSteps } from '../../find-trackers.ts'
import { foundLine } from '../../tracker-input.ts'

/** Says which trackers have tasks here, and the commands that import them; nothing is imported yet. */
export function reportFound(found: readonly FoundTracker[], json: boolean): void {
  if (json) {
    const steps = found.flatMap(importSteps)
    process.stdout.write(`${JSON.stringify({ schema: 1, trackers: found, steps })}\n`)
    return
  }
  for (const one of found) {
    const steps = importSteps(one).map((step) => `  ${step}\n`)
    process.stdout.write(`${foundLine(one)}. To import it:\n${steps.join('')}`)
  }
}
