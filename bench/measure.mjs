import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'

/** The yardstick of all ratios: what it costs to start Node and do nothing. */
const YARDSTICK = [process.execPath, '-e', '0']

/** The smallest value that at least `share` of all reach. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]
}

export const median = (values) => quantile(values, 0.5)

/** Milliseconds that a process takes from start to end; its output goes nowhere. */
export function timeProcess([file, ...args], cwd) {
  const before = performance.now()
  const { status, stderr } = spawnSync(file, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  const took = performance.now() - before
  if (status !== 0) throw new Error(`${[file, ...args].join(' ')} ended with ${status}: ${stderr}`)
  return took
}

/**
 * Times commands in turn, the yardstick in every round, so that what else the machine does hits all of them alike.
 * @param commands rows of `{name, argv, cwd, target}`; `target` is the greatest ratio that is good enough
 * @returns rows with median, minimum and their ratios to the yardstick's
 */
export function compare(commands, rounds) {
  const all = [{ name: 'node -e 0', argv: YARDSTICK }, ...commands]
  const times = all.map(() => [])
  for (let round = -1; round < rounds; round++) {
    for (const [i, { argv, cwd }] of all.entries()) {
      const took = timeProcess(argv, cwd)
      // The first round only warms the file system's cache.
      if (round >= 0) times[i].push(took)
    }
  }
  const base = { median: median(times[0]), min: Math.min(...times[0]) }
  return all.map(({ name, target }, i) => ({
    name,
    median: median(times[i]),
    min: Math.min(...times[i]),
    ratio: median(times[i]) / base.median,
    minRatio: Math.min(...times[i]) / base.min,
    target,
  }))
}

const shown = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))
export const milliseconds = (value) => `${shown(value)} ms`
export const ratio = (value) => `${value.toFixed(2)}×`
export const bytes = (value) =>
  value >= 1 << 20 ? `${(value / (1 << 20)).toFixed(1)} MB` : `${(value / 1024).toFixed(1)} KB`
/** Whether a value keeps its target. */
export const verdict = (value, target) => (target === undefined ? '' : value <= target ? 'kept' : 'MISSED')

/** Prints a Markdown table: it can be read in a terminal and pasted into docs. */
export function printTable(title, columns, rows) {
  const cells = [columns, ...rows].map((row) => row.map(String))
  const widths = columns.map((_, i) => Math.max(3, ...cells.map((row) => row[i].length)))
  const line = (row) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`
  console.log(`\n### ${title}\n`)
  console.log(line(cells[0]))
  console.log(`|${widths.map((w, i) => (i === 0 ? '-'.repeat(w + 2) : `${'-'.repeat(w + 1)}:`)).join('|')}|`)
  for (const row of cells.slice(1)) console.log(line(row))
}

/** The table of a comparison. Its verdict goes by the ratio of medians. */
export function printComparison(title, rows) {
  printTable(
    title,
    ['command', 'ratio', 'ratio of minima', 'median', 'minimum', 'target', ''],
    rows.map((row) => [
      row.name,
      ratio(row.ratio),
      ratio(row.minRatio),
      milliseconds(row.median),
      milliseconds(row.min),
      row.target === undefined ? '' : `≤ ${ratio(row.target)}`,
      verdict(row.ratio, row.target),
    ]),
  )
}
