import { testScenarios } from '../../support/recovery.ts'
import { scenarios } from './worktrees.ts'

testScenarios(scenarios)
