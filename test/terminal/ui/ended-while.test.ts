import { expect, test } from 'vitest'
import { saidOfEnded } from '../../../src/terminal/ui/ended-while.ts'

test.each([
  ['Complete #3', 'mhv task show 3'],
  ['gate run akosha#12', 'mhv task show akosha#12'],
  ['gate run 1', 'mhv task show 1'],
  ['Complete 3 tasks', 'mhv status'],
  ['Sync', 'mhv status'],
])('of “%s” one sees what came of it by %s', (running, command) => {
  expect(saidOfEnded('SIGTERM', running)).toBe(
    `mhv ui was ended by SIGTERM while “${running}” was running, and ended that too. What came of it: ${command}\n`,
  )
})
