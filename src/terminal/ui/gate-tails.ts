import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileNameOf } from '../../gates/gate-output.ts'
import { documentOf, type OwnAnswer } from './run-own.ts'

interface Reports {
  readonly reports?: readonly {
    readonly log: string | null
    readonly results: readonly { readonly gate: string; readonly outcome: string }[]
  }[]
}

/** Lines that are shown of what a gate has printed. */
const MOST = 40

/** What has let a task pass is not asked why. */
const FINE = /^(?:passed|skipped|overridden)$/

async function tailOf(gate: string, file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return []
  const lines = text.trimEnd().split('\n')
  return [`Last lines of ${gate} (all: ${file}):`, ...lines.slice(-MOST), '']
}

/** The last lines that gates have printed which did not pass, each with where the rest is. */
export async function gateTails(answer: OwnAnswer): Promise<string[]> {
  const { reports = [] } = (documentOf(answer)?.error?.data ?? {}) as Reports
  const tails = reports.flatMap(({ log, results }) =>
    log === null
      ? []
      : results
          .filter(({ outcome }) => !FINE.test(outcome))
          .map(({ gate }) => tailOf(gate, join(log, fileNameOf(gate)))),
  )
  return (await Promise.all(tails)).flat()
}
