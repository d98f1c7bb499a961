// Predictions of the past from what was known then, on real tasks of another project: see docs/insight.md.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { printTable } from './measure.mjs'
import { isMain } from './options.mjs'
import { loadProgram, root } from './program.mjs'
import { randomNumbers } from './seed.mjs'

const MODEL_NAMES = {
  all: '(a) all finished tasks alike',
  type: '(b) finished tasks of the type',
  similar: 'similar tasks, as they are',
  predict: 'mhv predict',
}

/** Tasks of the file as the program knows tasks; those whose times say nothing of durations are told apart. */
function readTasks() {
  const file = join(root, 'test', 'fixtures', 'eval', 'tasks.jsonl')
  const lines = readFileSync(file, 'utf8').trim().split('\n').map(JSON.parse)
  const instant = (text) => (text === null ? null : Date.parse(text))
  // Nobody knows when an archived task left, and a draft is none yet.
  const kept = lines.filter(({ status }) => status === 'closed' || status === 'open')
  const tasks = kept.map((line) => ({
    key: `backlog/${line.id}`,
    repository: 'backlog',
    number: /^BACK-(\d+)$/.exec(line.id) ? Number(line.id.slice(5)) : 0,
    title: line.title,
    description: line.description,
    type: line.type,
    priority: line.priority ?? 'medium',
    labels: line.labels,
    parent:
      line.deps.filter(({ type }) => type === 'parent-child').map(({ id }) => `backlog/${id}`)[0] ?? null,
    source: line.id,
    status: line.status === 'closed' ? 'completed' : 'pending',
    reason: null,
    created: instant(line.created_at),
    started: null,
    completed: instant(line.closed_at),
    left: instant(line.closed_at),
    isTimed: !line.flags?.includes('single_commit'),
    blocks: line.deps.filter(({ type }) => type === 'blocks').map(({ id }) => `backlog/${id}`),
  }))
  return tasks.sort((a, b) => a.created - b.created || (a.key < b.key ? -1 : 1))
}

/** Of two methods on the same tasks, where 95 % of the differences lie when the tasks are drawn again. */
function difference(ours, theirs, lossOf) {
  const random = randomNumbers(1)
  const apart = ours.map((outcome, i) => lossOf(outcome) - lossOf(theirs[i]))
  const means = Array.from({ length: 2000 }, () => {
    let sum = 0
    for (let i = 0; i < apart.length; i++) sum += apart[random(apart.length)]
    return sum / apart.length
  }).sort((a, b) => a - b)
  return [means[50], means[1949]]
}

function durations(program, tasks) {
  const outcomes = program.replayDurations(tasks.filter(({ isTimed }) => isTimed))
  const rows = Object.entries(MODEL_NAMES).map(([model, name]) => {
    const { logLoss, hourLoss, coverage } = program.scoreOf(outcomes.get(model))
    const sum = (losses) => losses.reduce((all, loss) => all + loss, 0)
    return [
      name,
      ...logLoss.map((loss) => loss.toFixed(3)),
      sum(logLoss).toFixed(3),
      ...hourLoss.map((loss) => loss.toFixed(1)),
      sum(hourLoss).toFixed(1),
      `${(coverage * 100).toFixed(1)} %`,
    ]
  })
  const count = outcomes.get('predict').length
  const columns = ['', 'ln h .1', '.5', '.9', 'sum', 'hours .1', '.5', '.9', 'sum', '80 % interval holds']
  printTable(`Durations of ${count} tasks, predicted at their creation: pinball loss`, columns, rows)
  const lossOf = ({ said, value }) => program.judged(said, value).loss
  for (const model of ['all', 'type']) {
    const [low, high] = difference(outcomes.get('predict'), outcomes.get(model), lossOf)
    console.log(
      `mhv predict beside ${MODEL_NAMES[model]}: ${low.toFixed(3)} to ${high.toFixed(3)} ln h (95 %, 2,000 redraws)`,
    )
  }
}

const scoredOf = (ranked) =>
  ranked.flatMap(({ links, truth }) =>
    links.map(({ task, confidence }) => ({ score: confidence, isSo: truth.has(task.key) })),
  )

function links(program, tasks) {
  const kinds = {
    'depends on': ({ blocks }) => blocks,
    'is a part of': ({ parent }) => (parent === null ? [] : [parent]),
  }
  const rows = Object.entries(kinds).map(([name, truthOf]) => {
    // What a task is a part of is a reason for dependencies, and would be the answer here.
    const known = name === 'depends on' ? tasks : tasks.map((task) => ({ ...task, parent: null }))
    const truth = new Map(tasks.map((task) => [task.key, truthOf(task)]))
    const ranked = program.replayLinks(known, ({ key }) => truth.get(key))
    const scored = scoredOf(ranked)
    const linked = ranked.filter(({ truth }) => truth.size > 0)
    const among = scoredOf(linked)
    const share = (list) => list.filter(({ isSo }) => isSo).length / list.length
    if (name === 'depends on') confidences(program, scored)
    return [
      name,
      String(linked.length),
      `${scored.filter(({ isSo }) => isSo).length} of ${scored.length}`,
      program.areaUnderCurve(scored).toFixed(3),
      `${(share(among) * 100).toFixed(1)} %`,
      ...[1, 3, 5].map((k) => `${(program.precisionAt(ranked, k) * 100).toFixed(1)} %`),
    ]
  })
  const columns = ['', 'tasks', 'pairs that are', 'AUC', 'base rate', 'precision@1', '@3', '@5']
  printTable('Which of the open tasks a new one depends on', columns, rows)
}

function blockers(program, tasks) {
  const held = new Set(tasks.filter(({ blocks }) => blocks.length > 0).map(({ key }) => key))
  const replayed = program.replayBlockers(tasks, ({ key }) => held.has(key))
  const share = (list) =>
    list.length === 0 ? '' : `${((list.filter(({ isSo }) => isSo).length / list.length) * 100).toFixed(1)} %`
  const methods = { 'share of all tasks': 'base', 'by likeness': 'likeness', 'mhv predict': 'said' }
  const rows = Object.entries(methods).map(([name, field]) => {
    const scored = replayed.map((one) => ({ score: one[field], isSo: one.isSo }))
    const byScore = [...scored].sort((a, b) => b.score - a.score)
    const brier =
      scored.reduce((sum, { score, isSo }) => sum + (score - Number(isSo)) ** 2, 0) / scored.length
    const told = scored.filter(({ score }) => score >= 0.3)
    return [
      name,
      program.areaUnderCurve(scored).toFixed(3),
      brier.toFixed(4),
      ...[10, 30, 60].map((k) => share(byScore.slice(0, k))),
      `${told.length}${told.length > 0 ? `, right ${share(told)}` : ''}`,
    ]
  })
  const columns = ['', 'AUC', 'Brier score', 'precision@10', '@30', '@60', 'told (0.3 or more)']
  printTable(
    `Whether ${replayed.length} new tasks will wait for another; base rate ${share(replayed)}`,
    columns,
    rows,
  )
}

function confidences(program, scored) {
  const bins = [0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.01]
  const rows = bins.slice(1).map((to, i) => {
    const within = scored.filter(({ score }) => score >= bins[i] && score < to)
    const right = within.filter(({ isSo }) => isSo).length
    const said = within.reduce((sum, { score }) => sum + score, 0) / within.length
    return [
      `${bins[i]} to ${Math.min(to, 1)}`,
      String(within.length),
      said.toFixed(3),
      (right / within.length).toFixed(3),
    ]
  })
  const shown = scored.filter(({ score }) => score >= program.LEAST_CONFIDENCE)
  const right = shown.filter(({ isSo }) => isSo).length
  console.log(`\nOf ${shown.length} links that would be suggested, ${right} are stored.`)
  printTable(
    'Confidence in dependencies, and how often it was right',
    ['said', 'pairs', 'mean said', 'right'],
    rows,
  )
}

export async function run() {
  const program = await loadProgram()
  const tasks = readTasks()
  durations(program, tasks)
  links(program, tasks)
  blockers(program, tasks)
}

if (isMain(import.meta)) await run()
