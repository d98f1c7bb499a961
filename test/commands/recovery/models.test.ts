import { testScenarios } from '../../support/recovery.ts'
import { scenarios } from './models.ts'

testScenarios(scenarios)
