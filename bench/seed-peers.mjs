// Puts the tasks that the comparison with other programs gives every one of them into the repository here:
// node seed-peers.mjs FILE, with JSON of [{i, open, title, body, prio, uuid}].
import { readFileSync } from 'node:fs'
import { loadProgram } from './program.mjs'
import { commitTaskFiles, randomNumbers, ulid } from './seed.mjs'

const program = await loadProgram()
const random = randomNumbers(1)
const start = Date.UTC(2026, 0, 2)
const files = new Map()
for (const { i, open, title, body, prio } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const time = start + i * 1000
  const id = ulid(time, random)
  const data = { number: i, title, description: body, type: 'task', priority: prio }
  const drafts = [{ kind: 'TaskCreated', data }]
  if (!open) drafts.push({ kind: 'TaskCompleted', data: {} })
  const environment = {
    now: new Date(time).toISOString(),
    newId: () => ulid(time, random),
    actor: 'Ann <ann@example.com>',
  }
  const log = program.seal({ id, events: [] }, drafts, environment)
  files.set(program.taskPath(id), program.renderTaskFile(log))
}
await commitTaskFiles(program, process.cwd(), files, start)
