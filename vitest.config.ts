import { defineConfig } from 'vitest/config'
import { viteCommands } from './scripts/commands-module.mjs'

export default defineConfig({
  plugins: [viteCommands],
  test: {
    include: ['test/**/*.test.ts'],
    // Commands change the working directory, which threads share.
    pool: 'forks',
    // By itself it leaves one core free, which of two is half of them.
    maxWorkers: '100%',
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    disableConsoleIntercept: true,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'src/**/*.tsx', 'commands/**/*.ts', 'schemas/**/*.ts', 'hooks/**/*.ts'],
      exclude: ['**/*.d.ts', 'src/store/index-worker.ts', 'src/embedding/model-child.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 90 },
    },
  },
})
