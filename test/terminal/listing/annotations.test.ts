import { describe, expect, test } from 'vitest'
import {
  type Annotation,
  codeQualityReport,
  workflowCommands,
} from '../../../src/terminal/listing/annotations.ts'

const task: Annotation = {
  level: 'error',
  title: 'akosha#7',
  message: 'Fix auth (blocked, high)',
  key: 'akosha/01JF3ZK4Q8M6W2T5V7X9Y0A1BC',
  priority: 'high',
}
const problem: Annotation = { level: 'warning', title: 'mhv', message: 'gone', key: 'gone', priority: 'high' }

describe('workflow commands of GitHub Actions', () => {
  test('are a line each', () => {
    expect(workflowCommands([task, problem])).toBe(
      '::error title=akosha#7::Fix auth (blocked, high)\n::warning title=mhv::gone\n',
    )
  })

  test('hold no text that ends them or begins another', () => {
    const message = 'x\n::set-env name=PATH::/tmp\r\n50%0A, a:b'
    expect(workflowCommands([{ ...task, title: 'a,file=b::c%', message }])).toBe(
      '::error title=a%2Cfile=b%3A%3Ac%25::x%0A::set-env name=PATH::/tmp%0D%0A50%250A, a:b\n',
    )
  })

  test('are not more than a page has room for', () => {
    const lines = workflowCommands(Array(60).fill(task)).trimEnd().split('\n')
    expect(lines).toHaveLength(51)
    expect(lines.at(-1)).toBe('::notice title=mhv::and 10 more, which the list shows')
  })
})

test('the report for GitLab has what it asks for, and fingerprints that stay', () => {
  const report = JSON.parse(codeQualityReport([task, { ...problem, priority: 'low' }], 'repos.yaml'))
  expect(report).toEqual([
    {
      description: 'akosha#7: Fix auth (blocked, high)',
      check_name: 'mhv',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: 'major',
      location: { path: 'repos.yaml', lines: { begin: 1 } },
    },
    expect.objectContaining({ description: 'mhv: gone', severity: 'info' }),
  ])
  const again = JSON.parse(codeQualityReport([{ ...task, message: 'Fixed title' }], 'repos.yaml'))
  expect(again[0].fingerprint).toBe(report[0].fingerprint)
  expect(report[1].fingerprint).not.toBe(report[0].fingerprint)
  expect(JSON.parse(codeQualityReport([], 'repos.yaml'))).toEqual([])
})
