import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE, loadProgram, RUN } from './program.mjs'

/** Seeds of an older shape are not used again. */
const SHAPE = 1
const WORDS =
  'about access adapter after agent alias answer archive async audit author backend badge batch before binary board branch browser buffer build cache caller cell chart check client clock clone cluster column command commit compare config conflict copy count counter crash cursor daemon data date deadline default delete dependency deploy detail device diff digest document draft drop duplicate edge editor empty encode endpoint engine entry error escape event export extend fail fallback fetch field file filter flag folder font format frame gate graph group guard handle handler hash header hidden history hook icon import index input insert install invite issue item job join journal key label language large latency layout length level library limit line link list loader local lock log login long loop macro mail map mark memory menu merge message metric migrate mirror missing mock model module move name network node note notify number object offset option order origin output owner package page panel parse patch path pattern peer pending permission pipe plan plugin pointer pool port preview print priority process profile project prompt proxy query queue quota race range rate read rebase record recover ref refresh region register release reload remote remove rename render repair replace report request reset resolve response restore result retry review role rollback root route row rule runner sample save scan schedule schema scope script search secret section select send sequence server session setting shadow shape share shell short sign signal silent size slot slow snapshot sort source split stage stale start state status step stop store stream string style submit suffix summary support switch symbol sync table tag target task template test text theme thread timeout title token tool trace track tree trigger type undo unique update upgrade upload user validate value vector verify version view wait warn watch webhook widget window worker workspace wrap write yield zone'.split(
    ' ',
  )
const LABELS =
  'api auth backend bug ci cli core docs editor frontend git import index perf release search security store sync tests ui urgent web windows'.split(
    ' ',
  )
const PEOPLE = ['Ann <ann@example.com>', 'Ben <ben@example.com>', 'Eva <eva@example.com>']
const TYPES = ['task', 'bug', 'feature', 'enhancement', 'docs', 'refactor']
const PRIORITIES = ['low', 'medium', 'medium', 'medium', 'high', 'high', 'critical']
const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const FIRST_DAY = Date.UTC(2024, 0, 1)
/** The tasks' lives span these days, however many there are. */
const DAYS = 600

/** A generator of whole numbers below n, equal on every run (mulberry32). */
export function randomNumbers(seed) {
  let state = seed
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

/** Texts and fields such as real trackers hold: descriptions average 690 characters. */
export function randomTexts(random) {
  const pick = (list) => list[random(list.length)]
  const phrase = (n) => Array.from({ length: n }, () => pick(WORDS)).join(' ')
  const sentence = () => {
    const words = phrase(6 + random(12))
    return `${words[0].toUpperCase()}${words.slice(1)}.`
  }
  const title = () => {
    const words = phrase(4 + random(6))
    return `${words[0].toUpperCase()}${words.slice(1)}`
  }
  const description = () => {
    const wanted = 250 + random(660)
    let text = sentence()
    while (text.length < wanted) text += `${random(4) === 0 ? '\n\n' : ' '}${sentence()}`
    return `${text}\n\nAcceptance criteria:\n- [ ] ${sentence()}\n- [ ] ${sentence()}`
  }
  return { pick, phrase, title, description }
}

/** A ULID of a time and of random numbers that are equal on every run. */
export function ulid(time, random) {
  let text = ''
  for (let i = 0, rest = time; i < 10; i++, rest = Math.floor(rest / 32)) text = BASE32[rest % 32] + text
  for (let i = 0; i < 16; i++) text += BASE32[random(32)]
  return text
}

/** Drafts of one task's life: two to four events, half of the tasks ended. */
function draftsOf(number, texts, random, earlier) {
  const { pick, title, description } = texts
  const labels = [...new Set([pick(LABELS), pick(LABELS), pick(LABELS)].slice(0, random(4)))]
  const data = {
    number,
    title: title(),
    description: description(),
    type: pick(TYPES),
    priority: pick(PRIORITIES),
  }
  if (labels.length > 0) data.labels = labels
  if (random(3) === 0) data.estimate = `${1 + random(8)}h`
  if (random(4) === 0)
    data.deadline = new Date(FIRST_DAY + random(2 * DAYS) * 86_400_000).toISOString().slice(0, 10)
  if (earlier.length > 0 && random(5) === 0) data.depends_on = [pick(earlier)]
  if (earlier.length > 0 && random(6) === 0) data.parent = pick(earlier)
  const started = { kind: 'TaskStarted', data: { branch: `task/${number}`, base: 'a'.repeat(40) } }
  const assigned = { kind: 'TaskAssigned', data: { assignee: pick(PEOPLE) } }
  const commented = { kind: 'CommentAdded', data: { text: `${title()}.` } }
  const completed = { kind: 'TaskCompleted', data: { commit: 'b'.repeat(40), branch: `task/${number}` } }
  const rest = [
    [assigned],
    [assigned, commented],
    [commented, { kind: 'TaskEdited', data: { priority: pick(PRIORITIES) } }],
    [assigned, started, completed],
    [started, completed],
    [assigned, completed],
  ][random(6)]
  return [{ kind: 'TaskCreated', data }, ...rest]
}

/** Whole task files by path: what `count` tasks written one after the other would have left. */
function taskFiles(program, count) {
  const random = randomNumbers(count)
  const texts = randomTexts(random)
  const ids = []
  const files = new Map()
  for (let number = 1; number <= count; number++) {
    let time = FIRST_DAY + Math.floor((number / count) * DAYS * 86_400_000)
    const id = ulid(time, random)
    let log = { id, events: [] }
    for (const draft of draftsOf(number, texts, random, ids.slice(-50))) {
      const environment = {
        now: new Date(time).toISOString(),
        newId: () => ulid(time, random),
        actor: texts.pick(PEOPLE),
      }
      log = program.seal(log, [draft], environment)
      time += 3_600_000
    }
    ids.push(id)
    files.set(program.taskPath(id), program.renderTaskFile(log))
  }
  return files
}

const git = (cwd, ...args) => execFileSync('git', args, { cwd, stdio: 'ignore' })

/** An empty repository with an identity of its own and no background maintenance. */
export function newRepository(directory) {
  mkdirSync(directory, { recursive: true })
  git(directory, 'init', '-q')
  for (const [name, value] of [
    ['user.name', 'Ann'],
    ['user.email', 'ann@example.com'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
  ]) {
    git(directory, 'config', name, value)
  }
  git(directory, 'commit', '-q', '--allow-empty', '-m', 'First commit')
  execFileSync(process.execPath, [RUN, 'init'], { cwd: directory, stdio: 'ignore' })
}

/** Commits whole task files at once, through the program's own write of a commit. */
export async function commitTaskFiles(program, directory, files, time) {
  const repository = await program.findRepository(directory)
  await program.commitFiles(repository, {
    ref: program.TASKS_REF,
    parents: [await program.readRef(repository, program.TASKS_REF)],
    identity: { name: 'Ann', email: 'ann@example.com', zone: '+0000' },
    time: Math.floor(time / 1000),
    message: `Seed ${files.size} tasks\n`,
    files,
  })
}

/**
 * A repository with `count` tasks and a warm index, made once and kept. The files are made by the program's own code and
 * committed at once through git fast-import. Not to be written to: see `copyOf`.
 */
export async function seeded(count) {
  const directory = join(CACHE, `seed-${SHAPE}-${count}`, 'demo')
  if (!existsSync(directory)) {
    const program = await loadProgram()
    const making = join(CACHE, `seed-${SHAPE}-${count}.${process.pid}`)
    newRepository(join(making, 'demo'))
    await commitTaskFiles(
      program,
      join(making, 'demo'),
      taskFiles(program, count),
      FIRST_DAY + DAYS * 86_400_000,
    )
    renameSync(making, join(directory, '..'))
  }
  execFileSync(process.execPath, [RUN, 'task', 'list', '--limit', '1'], { cwd: directory, stdio: 'ignore' })
  return directory
}

const copies = []
process.once('exit', () => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true })
})

/** A copy of a repository that may be written to; it goes when the process ends. */
export function copyOf(directory) {
  const copy = mkdtempSync(join(CACHE, 'copy-'))
  copies.push(copy)
  cpSync(directory, join(copy, 'demo'), { recursive: true })
  return join(copy, 'demo')
}
