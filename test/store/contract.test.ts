import { describeStoreContract } from './contract.ts'
import { gitHarness, memoryHarness } from './harness.ts'

describeStoreContract('memory', async () => memoryHarness())
describeStoreContract('git', gitHarness)
