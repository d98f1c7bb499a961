import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { Member } from '../../src/federation/member.ts'
import { openMember } from '../../src/federation/open-member.ts'
import { refreshLog } from '../../src/federation/url-cache.ts'
import { entryDirectory, urlCacheDirectory } from '../../src/federation/url-repository.ts'
import { type MemberView, viewMembers } from '../../src/federation/view-members.ts'
import { handle } from '../../src/handle.ts'
import { environmentFor } from '../../src/terminal/environment.ts'
import { mhv } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

beforeEach(() => rmSync(join(homedir(), '.cache'), { recursive: true, force: true }))

const member = (name: string, url: string | null, path: string | null = null): Member => ({
  name,
  nicknames: [],
  role: null,
  tags: [],
  path,
  url,
  description: '',
})

/** A bare repository with a log of tasks of these titles, and the clone from which it was pushed. */
async function remoteWith(...titles: string[]): Promise<{ bare: string; clone: string }> {
  const bare = join(temporaryDirectory(), 'remote.git')
  git('/', 'init', '--quiet', '--bare', bare)
  const clone = temporaryRepository()
  git(clone, 'remote', 'add', 'origin', bare)
  await mhv(clone, 'init')
  for (const title of titles) await mhv(clone, 'tc', title)
  git(clone, 'push', '--quiet', 'origin', 'refs/mtos/tasks', 'main')
  return { bare, clone }
}

async function addTo(clone: string, title: string): Promise<void> {
  await mhv(clone, 'tc', title)
  git(clone, 'push', '--quiet', 'origin', 'refs/mtos/tasks')
}

const titles = ({ snapshot }: MemberView) =>
  snapshot && Array.from({ length: snapshot.slots }, (_, slot) => snapshot.head(slot).title)

const now = { maxAge: 0 }

async function createIn(view: Member, title: string, id: string) {
  const { store } = await openMember(view)
  const environment = environmentFor(await store.identity())
  return handle(
    store,
    { targets: [], create: id, commands: () => [{ kind: 'create', title, type: 'task' } as never] } as never,
    environment,
  )
}

test('only tasks are fetched, privately; again only when they have become old', async () => {
  const { bare, clone } = await remoteWith('One')
  const asked = [member('a', `file://${bare}`), member('b', bare)]
  const first = await viewMembers(asked)
  expect(first.map(titles)).toEqual([['One'], ['One']])
  expect(first.map(({ problem }) => problem)).toEqual([null, null])
  expect(Date.now() - Date.parse(first[0]!.fetchedAt!)).toBeLessThan(60_000)
  const entry = entryDirectory(bare)
  expect(statSync(urlCacheDirectory()).mode & 0o77).toBe(0)
  expect(statSync(join(entry, 'tasks.git', 'config')).mode & 0o77).toBe(0)
  expect(git(join(entry, 'tasks.git'), 'for-each-ref', '--format=%(refname)').split('\n')).toEqual([
    'refs/mtos/remotes/origin/tasks',
    'refs/mtos/tasks',
  ])
  expect(git(join(entry, 'tasks.git'), 'log', '--all', '--format=%s')).not.toContain('First commit')
  await addTo(clone, 'Two')
  expect((await viewMembers(asked)).map(titles)).toEqual([['One'], ['One']])
  expect((await viewMembers(asked, now)).map(titles)).toEqual([
    ['One', 'Two'],
    ['One', 'Two'],
  ])
})
