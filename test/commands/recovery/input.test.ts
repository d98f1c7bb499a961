import { testScenarios } from '../../support/recovery.ts'
import { scenarios } from './input.ts'

testScenarios(scenarios)
