import { testScenarios } from '../../support/recovery.ts'
import { scenarios } from './configuration.ts'

testScenarios(scenarios)
