import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { git, temporaryDirectory } from '../support/repository.ts'

let top: string
let clone: string
let bare: string
let own: string

/** A task that is on the remote and not in what was fetched a moment ago. */
async function pushed(title: string, ...flags: string[]): Promise<string> {
  const { task } = await mhvJson(clone, 'tc', title, ...flags)
  git(clone, 'push', '--quiet', bare, 'refs/mtos/tasks')
  return `away#${task.number}`
}

beforeEach(async () => {
  const place = await federationOf({ away: ['First'], own: ['Mine'] })
  top = place.directory
  own = place.at('own')
  bare = join(temporaryDirectory(), 'remote.git')
  git(top, 'clone', '--quiet', '--mirror', place.at('away'), bare)
  clone = join(temporaryDirectory(), 'clone')
  renameSync(place.at('away'), clone)
  writeFileSync(
    join(top, 'repos.yaml'),
    `repos:\n  - {name: away, url: "file://${bare}"}\n  - {name: own, path: own}\n`,
  )
  expect((await mhv(top, 'tl', '--all')).code).toBe(0)
})

describe('a task that is on a remote since the last fetch', () => {
  test.each([
    ['task', 'show'],
    ['task', 'history'],
    ['graph'],
    ['done'],
    ['task', 'block', '--reason', 'x'],
    ['link', 'own#1'],
    ['task', 'depend', 'own#1', '--on'],
  ])('is found by name: %s', async (...argv) => {
    const answer = await mhv(top, ...argv, await pushed('Later'))
    expect(answer).toMatchObject({ code: 0 })
    expect(answer.out).toMatch(/Later|own#1 depends on away#2/)
  })

  test('is not looked for on the remote where it is there', async () => {
    renameSync(bare, `${bare}.gone`)
    expect((await mhv(top, 'task', 'show', 'away#1')).out).toContain('First')
    const { error } = await mhvJson(top, 'task', 'show', 'away#2')
    expect(error.name).toMatch(/^REMOTE_/)
  })
})

test('done is decided on what the remote has, not on what it had', async () => {
  const first = await pushed('Second')
  await pushed('Third', '--depends-on', '2')
  await mhv(top, 'tl', '--all', '--max-age', '0s')
  await mhv(clone, 'done', '2')
  git(clone, 'push', '--quiet', bare, 'refs/mtos/tasks')
  expect(first).toBe('away#2')
  expect((await mhv(top, 'done', 'away#3')).out).toContain('away#3 completed: Third')
})

test('a dependency is on the task that has the number now, or on none while that cannot be told', async () => {
  await pushed('Second')
  await mhv(top, 'tl', '--all', '--max-age', '0s')
  await mhv(clone, 'task', 'delete', '2')
  git(clone, 'push', '--quiet', bare, 'refs/mtos/tasks')
  const { error } = await mhvJson(own, 'task', 'depend', '1', '--on', 'away#2')
  expect(error).toMatchObject({ name: 'TASK_NOT_FOUND', message: 'away: #2 is deleted.' })
  renameSync(bare, `${bare}.gone`)
  expect((await mhvJson(own, 'task', 'depend', '1', '--on', 'away#1')).error.name).toMatch(/^REMOTE_/)
  const { id } = (await mhvJson(clone, 'task', 'show', '1')).task
  expect((await mhv(own, 'task', 'depend', '1', '--on', `away/${id}`)).code).toBe(0)
  expect((await mhv(own, 'task', 'depend', '1', '--on', 'away#1', '--remove')).out).toContain('nothing')
})
