import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type AuditWishes, auditLog } from '../../src/audit/audit-log.ts'
import { rootId } from '../../src/audit/check-commit.ts'
import { findRepository } from '../../src/git/repository.ts'
import { type ReadTask, readTaskFile, renderTaskFile } from '../../src/store/task-file.ts'
import { mhv } from '../support/cli.ts'
import { cloneFor, mergeFrom } from '../support/clones.ts'
import { commitFile, contentOf, demoWith, idOf, pathOf, tipOf } from '../support/hand-made.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

const WISHES: AuditWishes = { requireSigned: false, alarms: [], onProgress: () => {} }

const audit = async (demo: string, wishes: Partial<AuditWishes> = {}) =>
  auditLog(await findRepository(demo), { ...WISHES, ...wishes })
const told = async (demo: string, wishes: Partial<AuditWishes> = {}) =>
  (await audit(demo, wishes)).findings.map(({ code, severity, commit, path, event }) => ({
    code,
    severity,
    commit,
    path,
    event,
  }))

/** A repository with a task of three comments, and the events of its file. */
async function discussed() {
  const demo = await demoWith('One')
  for (const text of ['first', 'second', 'third']) await run(demo, 'task', 'comment', '1', text)
  const id = await idOf(demo, 1)
  const { log } = (await readTaskFile(id, contentOf(demo, id))) as ReadTask
  return { demo, id, path: pathOf(id), log }
}

test('a log that only mhv wrote, merges included, is whole, and all of it was looked at', async () => {
  const demo = await demoWith('One', 'Two')
  const other = await cloneFor(demo, 'Ben')
  await run(demo, 'task', 'comment', '1', 'here')
  await run(other, 'task', 'comment', '1', 'there')
  await run(other, 'tc', 'Three')
  await mergeFrom(demo, other)
  const { findings, checked, signatures } = await audit(demo)
  expect(findings).toEqual([])
  // One version for the settings, two and two for the tasks, one more for the merged one.
  expect(checked).toMatchObject({ commits: 7, merges: 1, events: 5 })
  expect(signatures).toEqual({ good: 0, bad: 0, unknown: 0, unsigned: 7 })
})

test.each(['sha1', 'sha256'])('the root of a log is known by its id with %s', async (format) => {
  const demo = temporaryRepository(`--object-format=${format}`)
  await run(demo, 'init')
  expect(tipOf(demo)).toBe(rootId(tipOf(demo).length))
  expect(await told(demo)).toEqual([])
})

test('an event that is changed in place is found at its commit, also after others have been added', async () => {
  const { demo, id, path, log } = await discussed()
  const second = log.events.find(({ data }) => data.text === 'second')!
  const events = log.events.map((event) =>
    event === second ? { ...event, data: { text: 'never said' } } : event,
  )
  const commit = commitFile(demo, path, renderTaskFile({ id, events }))
  await run(demo, 'task', 'comment', '1', 'later')
  expect(await told(demo)).toEqual([
    { code: 'EVENT_CHANGED', severity: 'error', commit, path, event: second.id },
  ])
})

test('an event that is taken out is found, also where somebody has put it back', async () => {
  const { demo, id, path, log } = await discussed()
  const whole = contentOf(demo, id)
  const third = log.events.at(-1)!
  const commit = commitFile(demo, path, renderTaskFile({ id, events: log.events.slice(0, -1) }))
  const lost = { code: 'EVENT_GONE', commit, path, event: third.id }
  expect(await told(demo)).toEqual([{ ...lost, severity: 'error' }])
  const mended = commitFile(demo, path, whole)
  expect(await told(demo)).toEqual([{ ...lost, severity: 'warning' }])
  expect((await audit(demo)).findings[0]!.message).toContain(`put back by the commit ${mended.slice(0, 12)}`)
})

test('who changed an event is told, not who put it back or merged it', async () => {
  const { demo, id, path, log } = await discussed()
  const other = await cloneFor(demo, 'Ben')
  const second = log.events.find(({ data }) => data.text === 'second')!
  const withText = (text: string) =>
    renderTaskFile({
      id,
      events: log.events.map((event) => (event === second ? { ...event, data: { text } } : event)),
    })
  const codes = async () => (await told(demo)).map(({ code, severity, commit }) => [code, severity, commit])
  // Of two contents a merge takes the smaller, so that this one spreads.
  const smaller = commitFile(other, path, withText('a lie'))
  await run(demo, 'task', 'comment', '1', 'here')
  await mergeFrom(demo, other)
  expect(await codes()).toEqual([['EVENT_CHANGED', 'error', smaller]])
  await run(demo, 'doctor', '--fix')
  expect(await codes()).toEqual([['EVENT_CHANGED', 'warning', smaller]])
  const { findings } = await audit(demo)
  expect(findings[0]!.message).toContain(`put back by the commit ${tipOf(demo).slice(0, 12)}`)
})

test('a projection that is edited is an error, and once it was written anew worth knowing', async () => {
  const { demo, id, path } = await discussed()
  const edited = contentOf(demo, id).replace('status: pending', 'status: completed')
  const commit = commitFile(demo, path, edited)
  const finding = { code: 'PROJECTION_STALE', severity: 'error', commit, path, event: null }
  expect(await told(demo)).toEqual([finding])
  await run(demo, 'doctor', '--fix')
  expect(await told(demo)).toEqual([{ ...finding, severity: 'warning' }])
  const mender = tipOf(demo)
  await run(demo, 'task', 'comment', '1', 'later')
  const { findings } = await audit(demo)
  expect(findings[0]!.message).toContain(
    `The file is what they make again since the commit ${mender.slice(0, 12)}`,
  )
  const again = commitFile(demo, path, contentOf(demo, id).replace('status: pending', 'status: completed'))
  expect(await told(demo)).toEqual([finding, { ...finding, commit: again }])
})

test('an event that was put back is counted once', async () => {
  const { demo, id, path } = await discussed()
  const whole = contentOf(demo, id)
  commitFile(demo, path, null)
  commitFile(demo, path, whole)
  expect((await audit(demo)).checked.events).toBe(4)
})

test('files that are taken out, cannot be read or belong to no task are found', async () => {
  const { demo, id, path } = await discussed()
  const whole = contentOf(demo, id)
  const gone = commitFile(demo, path, null)
  commitFile(demo, path, whole)
  const broken = commitFile(demo, path, 'no task\n')
  commitFile(demo, path, whole)
  const stray = commitFile(demo, 'notes.txt', 'x\n')
  const settings = commitFile(demo, 'mtos.yaml', 'format: 0\n')
  expect(new Set((await told(demo)).map(({ code, commit }) => `${code} ${commit}`))).toEqual(
    new Set([
      `TASK_GONE ${gone}`,
      `TASK_UNREADABLE ${broken}`,
      `STRAY_FILE ${stray}`,
      `FORMAT_LOWERED ${settings}`,
    ]),
  )
})

test('a merge that adds an event of its own, or was made by another program, is found', async () => {
  const { demo, id, path } = await discussed()
  const other = await cloneFor(demo, 'Ben')
  await run(demo, 'task', 'comment', '1', 'here')
  await run(other, 'task', 'comment', '1', 'there')
  const ours = tipOf(demo)
  await mergeFrom(demo, other)
  const theirs = git(demo, 'rev-parse', 'refs/mtos/remotes/other/tasks')
  await run(demo, 'task', 'comment', '1', 'smuggled')
  const { log } = (await readTaskFile(id, contentOf(demo, id))) as ReadTask
  const evil = git(demo, 'commit-tree', '-p', ours, '-p', theirs, '-m', 'Merge', `${tipOf(demo)}^{tree}`)
  git(demo, 'update-ref', 'refs/mtos/tasks', evil)
  rmSync(join(demo, '.git', 'mtos'), { recursive: true })
  expect(await told(demo)).toEqual([
    { code: 'MERGE_ADDS', severity: 'error', commit: evil, path, event: log.events.at(-1)!.id },
    { code: 'MERGE_FOREIGN', severity: 'warning', commit: evil, path: null, event: null },
  ])
})

test('a commit that is rewritten is a log that was moved back; a root of another kind is no root', async () => {
  const { demo } = await discussed()
  const tip = tipOf(demo)
  const forged = git(demo, 'commit-tree', '-p', `${tip}^`, '-m', 'Rewritten', `${tip}^{tree}`)
  git(demo, 'update-ref', 'refs/mtos/tasks', forged)
  expect((await told(demo)).map(({ code, severity }) => [code, severity])).toEqual([['LOG_REWOUND', 'error']])
  const alone = git(demo, 'commit-tree', '-m', 'Alone', `${tip}^{tree}`)
  git(demo, 'update-ref', 'refs/mtos/tasks', alone)
  expect((await told(demo)).map(({ code }) => code)).toEqual(['LOG_REWOUND', 'ROOT_FOREIGN'])
})

test('what git replace shows instead is not believed', async () => {
  const { demo, id, path, log } = await discussed()
  const commit = commitFile(demo, path, renderTaskFile({ id, events: log.events.slice(0, -1) }))
  git(demo, 'replace', commit, `${commit}^`)
  expect((await told(demo)).map(({ code }) => code)).toEqual(['EVENT_GONE'])
})

test('a shallow clone says that it cannot see the beginning, and missing objects are an error', async () => {
  const { demo } = await discussed()
  const shallow = temporaryRepository()
  git(shallow, 'fetch', '--quiet', '--depth=2', `file://${demo}`, '+refs/mtos/tasks:refs/mtos/tasks')
  expect((await told(shallow)).map(({ code, severity }) => [code, severity])).toEqual([
    ['HISTORY_CUT', 'warning'],
  ])
  const object = git(demo, 'rev-parse', `${tipOf(demo)}^:${pathOf(await idOf(demo, 1))}`)
  rmSync(join(demo, '.git', 'objects', object.slice(0, 2), object.slice(2)))
  expect((await audit(demo)).findings[0]).toMatchObject({ code: 'OBJECT_MISSING' })
})

test('a partial clone fetches the files of the history all at once, and says when it cannot', async () => {
  const { demo } = await discussed()
  git(demo, 'config', 'uploadpack.allowFilter', 'true')
  git(demo, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  const partial = join(temporaryDirectory(), 'partial')
  git(demo, 'clone', '--quiet', '--filter=blob:none', `file://${demo}`, partial)
  git(partial, 'fetch', '--quiet', '--filter=blob:none', 'origin', '+refs/mtos/tasks:refs/mtos/tasks')
  const url = git(partial, 'config', 'remote.origin.url')
  git(partial, 'config', 'remote.origin.url', `${url}-gone`)
  expect(await told(partial)).toMatchObject([{ code: 'OBJECT_MISSING', severity: 'error', commit: null }])
  git(partial, 'config', 'remote.origin.url', url)
  const trace = join(partial, 'trace')
  const before = process.env.GIT_TRACE
  process.env.GIT_TRACE = trace
  const { findings, checked } = await audit(partial).finally(() => {
    if (before === undefined) delete process.env.GIT_TRACE
    else process.env.GIT_TRACE = before
  })
  expect([findings, checked.events]).toEqual([[], 4])
  expect(readFileSync(trace, 'utf8').match(/built-in: git fetch /g)).toHaveLength(1)
})

test('what a remote did to its log is an alarm until it holds again what it had held', async () => {
  const { demo } = await discussed()
  const [from, to] = [tipOf(demo), git(demo, 'rev-parse', `${tipOf(demo)}^`)]
  const alarms = [{ at: '2026-11-20T10:00:00.000Z', remote: 'origin', what: 'rewound', from, to } as const]
  expect(await told(demo, { alarms })).toMatchObject([
    { code: 'REMOTE_REWOUND', severity: 'error', commit: from },
  ])
  git(demo, 'update-ref', 'refs/mtos/remotes/origin/tasks', from)
  expect(await told(demo, { alarms })).toMatchObject([{ code: 'REMOTE_REWOUND', severity: 'warning' }])
})

/** Makes git sign what is committed in a repository with an SSH key of somebody's own. */
function signWithSsh(demo: string, ...known: string[]): { key: string; allow: (email: string) => void } {
  const keys = temporaryDirectory()
  const key = join(keys, 'key')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key])
  const allowed = join(demo, '.git', 'allowed')
  const settings = { 'gpg.format': 'ssh', 'user.signingKey': key, 'commit.gpgSign': 'true' }
  for (const [name, value] of Object.entries(settings)) git(demo, 'config', name, value)
  git(demo, 'config', 'gpg.ssh.allowedSignersFile', allowed)
  const allow = (email: string) =>
    appendFileSync(allowed, `${email} ${readFileSync(`${key}.pub`, 'utf8').trim()}\n`)
  appendFileSync(allowed, '')
  for (const email of known) allow(email)
  return { key, allow }
}

test('with SSH: good, by an unknown key, by somebody else than the author, forged, and not signed at all', async () => {
  const demo = await demoWith('One')
  const ann = signWithSsh(demo)
  await run(demo, 'task', 'comment', '1', 'signed')
  const signed = tipOf(demo)
  expect((await audit(demo)).signatures).toEqual({ good: 0, bad: 0, unknown: 1, unsigned: 2 })
  expect(await told(demo)).toMatchObject([{ code: 'SIGNATURE_UNKNOWN', severity: 'warning', commit: signed }])
  ann.allow('ann@example.com')
  expect((await audit(demo)).signatures).toMatchObject({ good: 1, unknown: 0 })
  expect(await told(demo)).toEqual([])
  // Only what people write has to be signed, so the root is left out.
  const unsigned = git(demo, 'rev-parse', `${signed}^`)
  expect(await told(demo, { requireSigned: true })).toMatchObject([
    { code: 'SIGNATURE_MISSING', commit: unsigned },
  ])

  signWithSsh(demo, 'eve@example.com')
  await run(demo, 'task', 'comment', '1', 'by Eve, who says that she is Ann')
  expect(await told(demo)).toMatchObject([
    { code: 'SIGNER_DIFFERS', severity: 'warning', commit: tipOf(demo) },
  ])
  expect(await told(demo, { requireSigned: true })).toContainEqual(
    expect.objectContaining({ code: 'SIGNER_DIFFERS', severity: 'error', commit: tipOf(demo) }),
  )

  git(demo, 'update-ref', 'refs/mtos/tasks', signed)
  const text = execFileSync('git', ['cat-file', 'commit', signed], { cwd: demo, encoding: 'latin1' })
  const forged = text.replace('author Ann <ann@', 'author Bob <bob@')
  expect(forged).not.toBe(text)
  const id = execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], {
    cwd: demo,
    input: Buffer.from(forged, 'latin1'),
    encoding: 'utf8',
  }).trim()
  git(demo, 'update-ref', 'refs/mtos/tasks', id)
  rmSync(join(demo, '.git', 'mtos'), { recursive: true })
  expect(await told(demo)).toMatchObject([{ code: 'SIGNATURE_BAD', severity: 'error', commit: id }])
})

test('with GPG: good by a key that is trusted, unknown without the key', async () => {
  const demo = await demoWith('One')
  // A socket's path may not be long, so the keys are not where the other files of the test are.
  const home = mkdtempSync('/tmp/mhv-gpg-')
  const before = process.env.GNUPGHOME
  process.env.GNUPGHOME = home
  onTestFinished(() => {
    if (before === undefined) delete process.env.GNUPGHOME
    else process.env.GNUPGHOME = before
    execFileSync('gpgconf', ['--homedir', home, '--kill', 'all'])
    rmSync(home, { recursive: true, force: true })
  })
  const who = 'Ann <ann@example.com>'
  const quiet = ['--batch', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', '']
  execFileSync('gpg', [...quiet, '--quick-generate-key', who, 'ed25519', 'sign', 'never'], { stdio: 'pipe' })
  git(demo, 'config', 'commit.gpgSign', 'true')
  git(demo, 'config', 'user.signingKey', 'ann@example.com')
  await run(demo, 'task', 'comment', '1', 'signed')
  const { signatures, findings } = await audit(demo)
  expect([signatures.good, findings]).toEqual([1, []])
  const empty = mkdtempSync('/tmp/mhv-gpg-')
  onTestFinished(() => rmSync(empty, { recursive: true, force: true }))
  process.env.GNUPGHOME = empty
  const without = await told(demo)
  process.env.GNUPGHOME = home
  expect(without).toMatchObject([{ code: 'SIGNATURE_UNKNOWN', commit: tipOf(demo) }])
})

test('the doctor finds what is wrong now, and mends it; the audit goes on telling that it was', async () => {
  const { demo, id, path, log } = await discussed()
  const commit = commitFile(demo, path, renderTaskFile({ id, events: log.events.slice(0, -1) }))
  expect((await mhv(demo, 'doctor', '--fix')).code).toBe(0)
  expect(await told(demo)).toMatchObject([{ code: 'EVENT_GONE', commit }])
})
