import { expect, test } from 'vitest'
import { trackerOf } from '../../../src/exchange/read-tracker.ts'
import { TRACKERS } from '../../../src/exchange/trackers/tracker-task.ts'
import { trackerFile, trackerFixture } from '../../support/trackers.ts'

test.each([
  ['beads', 'beads/issues.jsonl'],
  ['beads', 'beads/bd-2025.jsonl'],
  ['beads', 'beads/bd-1.1.jsonl'],
  ['taskwarrior', 'taskwarrior/export.json'],
  ['taskwarrior', 'taskwarrior/lines.json'],
  ['git-bug', 'git-bug/bugs.json'],
  ['git-bug', 'git-bug/list.json'],
  ['task-master', 'task-master/tasks.json'],
  ['github', 'github/gh-issues.json'],
  ['github', 'github/gh-2.23.json'],
  ['github', 'github/rest-issues.json'],
  ['gitlab', 'gitlab/issues.csv'],
  ['gitlab', 'gitlab/issues.json'],
  ['jira', 'jira/issues.csv'],
  ['jira', 'jira/cloud-2025.csv'],
  ['jira', 'jira/search.json'],
] as const)('%s is told by %s, and by its bytes alone', (tracker, path) => {
  const [file] = trackerFixture(path)
  expect(trackerOf(file!)).toBe(tracker)
  expect(trackerOf({ path: '-', bytes: file!.bytes })).toBe(path.endsWith('.jsonl') ? 'beads' : tracker)
})

test.each([
  ['tasks.jsonl', '{"id":"A-1","title":"One","source":"tracker"}\n'],
  [
    'export.jsonl',
    '{"id":"01","number":1,"title":"a","source":{"system":"github","id":"1"},"issue_type":"bug"}\n',
  ],
  ['export.json', '{"schema":1,"tasks":[{"id":"01","number":1,"title":"a","depends_on":[]}],"total":1}'],
  ['plan.csv', 'ID,Title\n1,a\n'],
  ['empty.json', '[]'],
  ['empty.csv', ''],
  ['broken.json', '{"id":'],
  ['number.json', '7'],
  ['package.json', '{"name":"x","dependencies":{}}'],
])('what none of them wrote is none of theirs: %s', (path, text) => {
  expect(trackerOf(trackerFile(text, path)[0]!)).toBeNull()
})

test('each tracker that there is has a reader', () => {
  expect(TRACKERS).toHaveLength(8)
})
