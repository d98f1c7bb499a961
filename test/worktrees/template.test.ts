import { expect, test } from 'vitest'
import type { MhvError } from '../../src/errors.ts'
import { expandBranch, expandTemplate } from '../../src/worktrees/template.ts'

const VALUES = { number: '12', slug: 'fix-auth', type: 'bug', user: 'ann' }

test.each([
  ['task/{number}', 'task/12'],
  ['{user}/{type}/{number}-{slug}', 'ann/bug/12-fix-auth'],
  ['work', 'work'],
])('the branch %s is %s', (template, branch) => {
  expect(expandBranch(template, VALUES)).toBe(branch)
})

test('a placeholder that stands for nothing takes its joint along', () => {
  expect(expandTemplate('../x/{number}-{slug}', { number: '', slug: 'topic' })).toBe('../x/topic')
})

test('a branch that is none by who starts is refused', () => {
  const expand = () => expandBranch('{user}/{number}', { ...VALUES, user: '..' })
  expect(expand).toThrow(expect.objectContaining({ error: 'CONFIG_INVALID' }) as MhvError)
})
