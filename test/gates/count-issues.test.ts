import { expect, test } from 'vitest'
import { countIssues } from '../../src/gates/count-issues.ts'

test.each([
  ['ESLint', '\n✖ 5 problems (3 errors, 2 warnings)\n', 5],
  ['ESLint in colour', '\u001b[31m\u001b[1m✖ 1 problem (1 error, 0 warnings)\u001b[22m\u001b[39m\n', 1],
  ['Ruff', 'a.py:1:1 F401\nFound 3 errors.\n[*] 3 fixable\n', 3],
  ['mypy', 'Found 1 error in 1 file (checked 2 source files)\n', 1],
  ['mypy without a fault', 'Success: no issues found in 2 source files\n', null],
  ['Biome', 'Checked 5 files in 3ms.\nFound 2 errors.\n', 2],
  ['tsc', "a.ts(1,5): error TS2322: Type\nb.ts(2,1): error TS1005: ';'\n", 2],
  ['pytest', '=== 2 failed, 10 passed in 0.31s ===\n', 2],
  ['Vitest', ' Test Files  1 failed (2)\n      Tests  4 failed | 10 passed (14)\n', 4],
  ['Jest', 'Tests:       2 failed, 3 passed, 5 total\n', 2],
  ['cargo test, of several crates', 'test result: FAILED. 1 passed; 2 failed; 0 ignored\ntest result: FAILED. 0 passed; 1 failed;\n', 3],
  ['go test', '--- FAIL: TestA (0.00s)\n    --- FAIL: TestA/b (0.00s)\nFAIL\n', 2],
  ['gitleaks', '4:12PM WRN leaks found: 2\n', 2],
  ['anything else', 'error: 7 things went wrong\n', null],
  ['nothing', '', null],
] as const)('%s', (_name, output, count) => {
  expect(countIssues(output)).toBe(count)
}) // biome-ignore format: a table
