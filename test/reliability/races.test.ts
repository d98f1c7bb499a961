import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mhvProcess } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { allTasks, expectWhole } from '../support/whole.ts'

const WRITERS = 100

/** The main checkout and four linked worktrees of one repository that keeps tasks. */
async function fivePlaces(): Promise<string[]> {
  const demo = temporaryRepository()
  expect((await mhvProcess(demo, ['init'])).code).toBe(0)
  const linked = [1, 2, 3, 4].map((n) => join(demo, '..', `linked-${n}`))
  for (const path of linked) git(demo, 'worktree', 'add', '--quiet', '--detach', path)
  return [demo, ...linked]
}

/** Creates tasks from all places at once; each has to be acknowledged. Returns their titles and numbers. */
async function createAtOnce(places: readonly string[], count: number) {
  const answers = await Promise.all(
    Array.from({ length: count }, (_, i) =>
      mhvProcess(places[i % places.length]!, ['task', 'create', `Task ${i}`, '--json']),
    ),
  )
  expect(answers.filter(({ code }) => code !== 0)).toEqual([])
  return answers.map(({ out }) => {
    const { task } = JSON.parse(out)
    return { title: task.title as string, number: task.number as number }
  })
}

/** Runs git commands over and over beside a test until it stops them; a failure of theirs is theirs. */
function inLoop(cwd: string, commands: readonly string[]): () => Promise<number> {
  const script = `n=0; while [ ! -e stop ]; do ${commands.map((c) => `git ${c} >/dev/null 2>&1`).join('; ')}; n=$((n+1)); done; echo $n`
  const child = spawn('sh', ['-c', script], { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const closed = once(child, 'close')
  const stop = async () => {
    spawn('touch', [join(cwd, 'stop')])
    await closed
    return Number(said)
  }
  onTestFinished(() => {
    child.kill()
  })
  return stop
}

const byNumber = (a: { number: number }, b: { number: number }) => a.number - b.number
const oneTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

test('a hundred creates at once from five worktrees make a hundred tasks with a hundred numbers', async () => {
  const places = await fivePlaces()
  const acknowledged = (await createAtOnce(places, WRITERS)).sort(byNumber)
  expect(acknowledged.map(({ number }) => number)).toEqual(oneTo(WRITERS))
  const stored = (await allTasks(places[0]!)).sort(byNumber)
  expect(stored.map(({ title, number }) => ({ title, number }))).toEqual(acknowledged)
  expect(git(places[0]!, 'rev-list', '--count', 'refs/mtos/tasks')).toBe(String(WRITERS + 1))
  await expectWhole(places[0]!)
}, 180_000)

test.each([
  ['git gc --prune=now', ['gc --prune=now --quiet']],
  ['git repack -ad and pack-refs --all', ['repack -adq', 'pack-refs --all']],
])(
  'nothing that was acknowledged is lost beside %s in a loop',
  async (_name, commands) => {
    const places = await fivePlaces()
    const stop = inLoop(places[0]!, commands)
    const acknowledged: { title: string; number: number }[] = []
    for (let round = 0; round < 2; round++) acknowledged.push(...(await createAtOnce(places, WRITERS / 2)))
    expect(await stop()).toBeGreaterThan(0)
    const stored = (await allTasks(places[0]!)).sort(byNumber)
    expect(stored.map(({ number }) => number)).toEqual(oneTo(WRITERS))
    expect(new Set(stored.map(({ number, title }) => `${number} ${title.length}`)).size).toBe(WRITERS)
    expect(acknowledged.map(({ number }) => number).sort((a, b) => a - b)).toEqual(oneTo(WRITERS))
    await expectWhole(places[0]!)
  },
  240_000,
)
