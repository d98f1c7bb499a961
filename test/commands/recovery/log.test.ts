import { testScenarios } from '../../support/recovery.ts'
import { scenarios } from './log.ts'

testScenarios(scenarios)
