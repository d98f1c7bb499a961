import { testScenarios } from '../../support/recovery.ts'
import { scenarios } from './tasks.ts'

testScenarios(scenarios)
