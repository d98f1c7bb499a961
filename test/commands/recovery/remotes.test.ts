import { testScenarios } from '../../support/recovery.ts'
import { scenarios } from './remotes.ts'

testScenarios(scenarios)
