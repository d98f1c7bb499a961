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
  expect(expandTemplate('../x/{number}-{slug}', { number: '', slug: 'topic' }, 'f')).toBe('../x/topic')
})

test.each([
  ['task/{nubmer}', '{nubmer} is not known here; there are {number}, {slug}, {type}, {user}'],
  ['task/{toString}', '{toString} is not known here'],
  ['task/{}', '{} is not known here'],
  ['task/{number', 'a brace has no other one'],
  ['task/number}', 'a brace has no other one'],
  ['-{number}', 'is not a branch name'],
  ['task/{number}.lock', 'is not a branch name'],
  ['task//{number}/', 'is not a branch name'],
  ['task {number}', 'is not a branch name'],
])('the branch template %s is refused: %s', (template, why) => {
  let refused: MhvError | null = null
  try {
    expandBranch(template, VALUES)
  } catch (error) {
    refused = error as MhvError
  }
  expect(refused?.error).toBe('CONFIG_INVALID')
  expect(refused?.message).toContain(why)
})
