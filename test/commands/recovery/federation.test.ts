import { testScenarios } from '../../support/recovery.ts'
import { scenarios } from './federation.ts'

testScenarios(scenarios)
