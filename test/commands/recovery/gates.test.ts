import { testScenarios } from '../../support/recovery.ts'
import { scenarios } from './gates.ts'

testScenarios(scenarios)
