import { expect, test } from 'vitest'
import { ERRORS } from '../../../src/error-table.ts'
import * as configuration from './configuration.ts'
import * as federation from './federation.ts'
import * as gates from './gates.ts'
import * as input from './input.ts'
import * as log from './log.ts'
import * as models from './models.ts'
import * as remotes from './remotes.ts'
import * as tasks from './tasks.ts'
import * as worktrees from './worktrees.ts'

const TOPICS = [configuration, federation, gates, input, log, models, remotes, tasks, worktrees]

test('the steps of every error are followed by a test', () => {
  const followed = TOPICS.flatMap(({ scenarios }) => Object.keys(scenarios))
  expect(followed.sort()).toEqual(Object.keys(ERRORS).sort())
})
