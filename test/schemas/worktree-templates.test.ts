import { expect, test } from 'vitest'
import { branchTemplate, pathTemplate } from '../../schemas/worktree-templates.ts'

test.each([
  ['task/{nubmer}', 'has {nubmer}, which is not known there; there are {number}, {slug}, {type}, {user}'],
  ['task/{toString}', 'has {toString}, which is not known there'],
  ['task/{}', 'has {}, which is not known there'],
  ['task/{branch}', 'has {branch}, which is not known there'],
  ['task/{number', 'has a brace without its other one'],
  ['task/number}', 'has a brace without its other one'],
  ['-{number}', 'gives "-1", which is not a branch name'],
  ['task/{number}.lock', 'which is not a branch name'],
  ['task//{number}/', 'which is not a branch name'],
  ['task {number}', 'which is not a branch name'],
])('the branch template %s is refused: %s', (template, why) => {
  expect(branchTemplate.safeParse(template).error?.issues[0]?.message).toContain(why)
})

test.each([
  ['../{repo}/{num}', 'has {num}, which is not known there; there are {repo}, {number}'],
  ['../{repo', 'has a brace without its other one'],
  ['/work/{user}/{type}', 'is the same for several tasks: it needs {number}, {slug} or {branch}'],
  ['~ann/{number}', 'begins with ~, of which only ~/ is known'],
])('the path template %s is refused: %s', (template, why) => {
  expect(pathTemplate.safeParse(template).error?.issues[0]?.message).toContain(why)
})

test.each(['~/{repo}/{number}', '../{repo}.worktrees/{branch}', '/work/{user}/{slug}'])(
  'the path template %s is taken',
  (template) => {
    expect(pathTemplate.parse(template)).toBe(template)
  },
)
