import { type FoundTracker, importSteps } from '../../find-trackers.ts'
import { foundLine } from '../../tracker-input.ts'

/** Says which tracker has tasks here, and the command that imports them; nothing is imported yet. */
export function reportFound(found: FoundTracker, json: boolean): void {
  const steps = importSteps(found)
  if (json) {
    process.stdout.write(`${JSON.stringify({ schema: 1, trackers: [found], steps })}\n`)
    return
  }
  process.stdout.write(`${foundLine(found)}. To import it:\n${steps.map((step) => `  ${step}\n`).join('')}`)
}
