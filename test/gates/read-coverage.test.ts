import { expect, test } from 'vitest'
import { readCoverage } from '../../src/gates/read-coverage.ts'

const lcov = (...lines: string[]) => [...lines, 'end_of_record', ''].join('\n')
const cobertura = (attributes: string) =>
  `<?xml version="1.0" ?>\n<coverage ${attributes}><packages/></coverage>`

test.each([
  ['counts of one file', lcov('SF:a.ts', 'LF:4', 'LH:3'), 75],
  ['counts of several files', lcov('SF:a.ts', 'LF:1', 'LH:1') + lcov('SF:b.ts', 'LF:9', 'LH:0'), 10],
  ['lines alone', lcov('SF:a.ts', 'DA:1,5', 'DA:2,0'), 50],
  ['a file that two tests reached', lcov('TN:x', 'SF:a', 'DA:1,1', 'DA:2,0') + lcov('TN:y', 'SF:a', 'DA:1,0', 'DA:2,1'), 100],
  ['line ends of Windows', lcov('SF:a.ts', 'LF:2', 'LH:1').replaceAll('\n', '\r\n'), 50],
  ['LCOV with a byte order mark', `\ufeff${lcov('SF:a.ts', 'LF:2', 'LH:1')}`, 50],
  ['counts of Cobertura', cobertura('line-rate="0.1" lines-covered="57" lines-valid="100"'), 57],
  ['a rate of Cobertura', cobertura("line-rate='0.57' branch-rate='0'"), 57],
  ['Cobertura after a type and a comment', `<?xml version="1.0"?>\n<!DOCTYPE coverage SYSTEM 'http://x/coverage-04.dtd'>\n<!-- <coverage line-rate="1"> -->\n<coverage line-rate="0.5">`, 50],
  ['an attribute with an angle bracket', cobertura('version="a>b" line-rate="0.5"'), 50],
  ['a third, as near as it is said', cobertura('lines-covered="1" lines-valid="3"'), 33.333333],
] as const)('%s', (_name, text, percent) => {
  expect(readCoverage(text)).toEqual({ percent })
}) // biome-ignore format: a table

test.each([
  ['', 'it is empty'],
  [' \n', 'it is empty'],
  ['no report', 'it is neither LCOV nor Cobertura XML'],
  [lcov('SF:a.ts', 'LF:0', 'LH:0'), 'it counts no lines'],
  [lcov('SF:a.ts', 'LF:2', 'LH:3'), 'it counts 3 of 2 lines as covered'],
  [lcov('SF:a.ts', 'LF:many', 'LH:3'), 'it has counts of lines that are no numbers'],
  [cobertura('branch-rate="1"'), 'its <coverage> has neither'],
  [cobertura('line-rate="80"'), 'its <coverage> has neither'],
  [cobertura('lines-covered="0" lines-valid="0"'), 'it counts no lines'],
  ['<report name="jacoco"></report>', 'it is XML of <report>, not Cobertura'],
  ['<', 'it is no XML that can be read'],
])('%j does not tell', (text, why) => {
  expect(readCoverage(text)).toEqual({ unclear: expect.stringContaining(why) })
})
