import type { IntentContext } from '../../src/intent/parsed-request.ts'

const repository = (name: string, names: readonly string[], tags: readonly string[] = []) => ({
  name,
  names,
  tags,
})

/** A Wednesday morning in a federation of ten, an hour east of UTC. */
export const CONTEXT: IntentContext = {
  today: '2026-03-11',
  minutes: 600,
  localTime: (instant) => new Date(instant + 3_600_000).toISOString().slice(0, 16),
  here: null,
  repositories: [
    repository('mahavishnu', ['mh', 'vishnu', 'vish'], ['orchestrator', 'main']),
    repository('crackerjack', ['cj'], ['quality', 'testing']),
    repository('session-buddy', ['session_buddy', 'sb'], ['session-management', 'memory']),
    repository('oneiric', ['on'], ['configuration', 'lifecycle']),
    repository('mcp-common', ['mcp_common', 'mc'], ['library', 'shared', 'foundation']),
    repository('mdinject', ['md'], ['app', 'macos', 'swiftui', 'gui']),
    repository('akosha', ['ak'], ['semantic', 'search', 'vector', 'knowledge']),
    repository('dhara', ['dh'], ['workflow', 'config', 'distribution']),
    repository('dhruva', [], ['shared']),
    repository('fastblocks', ['fb'], []),
  ],
  people: [
    { person: 'Ann Lee <ann.lee@example.org>', names: ['Ann Lee', 'ann.lee'], count: 12 },
    { person: 'Bram Visser <bram@example.org>', names: ['Bram Visser'], count: 7 },
    { person: 'Chen Wei <wei@example.org>', names: ['Chen Wei'], count: 3 },
  ],
  labels: [
    { label: 'auth', count: 9 },
    { label: 'ui', count: 4 },
    { label: 'good-first-issue', count: 2 },
  ],
  me: 'Mia Roth <mia@example.org>',
}
