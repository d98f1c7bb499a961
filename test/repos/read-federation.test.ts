import { mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findReposFile } from '../../src/repos/find-file.ts'
import { findMember } from '../../src/repos/member.ts'
import { readFederation } from '../../src/repos/read-federation.ts'
import { selectMembers } from '../../src/repos/select-members.ts'
import { temporaryDirectory } from '../support/repository.ts'

const file = (text: string, name = 'repos.yaml') => {
  const path = join(temporaryDirectory(), name)
  writeFileSync(path, text)
  return path
}

const TWO = `
version: 1
repos:
  - { name: akosha, path: ../akosha, nickname: ak, nicknames: [ak, seer], role: seer, tags: [search], mcp: {port: 1} }
  - { name: crackerjack, path: ~/cj, nickname: cj, role: inspector, tags: [quality, search] }
roles: [{ name: seer }]
`

test('names, nicknames, paths relative to the file and to the home; unknown keys do not matter', async () => {
  const path = file(TWO)
  const federation = await readFederation(path)
  expect(federation.faults).toEqual([])
  expect(federation.members.map((member) => member.path)).toEqual([
    join(path, '..', '..', 'akosha'),
    join(homedir(), 'cj'),
  ])
  expect(findMember(federation, 'SEER').name).toBe('akosha')
  expect(() => findMember(federation, 'akosa')).toThrow(/Did you mean akosha/)
  const chosen = (selection: object) =>
    selectMembers(federation, { repositories: [], tags: [], roles: [], ...selection }).map(({ name }) => name)
  expect(chosen({})).toEqual(['akosha', 'crackerjack'])
  expect(chosen({ tags: ['search'], roles: ['inspector'] })).toEqual(['crackerjack'])
  expect(chosen({ repositories: ['cj', 'ak'] })).toEqual(['akosha', 'crackerjack'])
  expect(() => chosen({ tags: ['none'] })).toThrow(/tag none/)
})

test('what an entry takes over from another is its own', async () => {
  const { members, faults } = await readFederation(
    file('repos:\n- &y\n  name: a\n  path: a\n  tags: [t]\n- <<: *y\n  name: b\n  path: b\n'),
  )
  expect(faults).toEqual([])
  expect(members.map(({ name, tags }) => [name, tags])).toEqual([
    ['a', ['t']],
    ['b', ['t']],
  ])
})

test('a broken entry is named and hides no other; a name means one repository', async () => {
  const federation = await readFederation(
    file(`repos:
  - { name: a, path: a, nickname: x }
  - { path: b }
  - { name: "../c", path: c }
  - { name: d }
  - { name: a, path: e }
  - { name: f, path: f, nickname: x }
  - { name: g, url: "ext::sh -c touch% /tmp/x" }
  - 7
`),
  )
  expect(federation.members.map(({ name, nicknames }) => [name, nicknames])).toEqual([
    ['a', ['x']],
    ['f', []],
  ])
  expect(federation.faults.map(({ entry }) => entry)).toEqual([
    'entry 2',
    '../c',
    'd',
    'g',
    'entry 8',
    'a',
    'f',
  ])
})

test.each(['repos: 7', 'repos: [', '- a', 'repos: {}'])('%s is no list of repositories', async (text) => {
  await expect(readFederation(file(text))).rejects.toMatchObject({ error: 'REPOS_INVALID' })
})

test('the nearest file upward counts, then the user’s own; one that is named must be there', () => {
  const top = temporaryDirectory()
  const below = join(top, 'a', 'b')
  mkdirSync(below, { recursive: true })
  expect(findReposFile(below)).toBe(null)
  const own = join(homedir(), '.config', 'mhv')
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'repos.yaml'), TWO)
  expect(findReposFile(below)).toBe(join(own, 'repos.yaml'))
  writeFileSync(join(top, 'repos.yaml'), TWO)
  expect(findReposFile(below)).toBe(join(top, 'repos.yaml'))
  expect(findReposFile(below, '../..')).toBe(join(top, 'repos.yaml'))
  expect(() => findReposFile(below, 'none.yaml')).toThrow(/none.yaml/)
})

test('the ecosystem’s own file loads as it stands', async () => {
  const federation = await readFederation(join(import.meta.dirname, '..', 'fixtures', 'ecosystem-repos.yaml'))
  expect(federation.faults).toEqual([])
  expect(federation.members.map(({ name }) => name)).toEqual([
    'mahavishnu', 'crackerjack', 'session-buddy', 'oneiric', 'mcp-common', 'mdinject', 'akosha', 'dhara',
  ]) // biome-ignore format: a list
  expect(findMember(federation, 'on').name).toBe('oneiric')
  expect(findMember(federation, 'vish').path).toBe(join(homedir(), 'Projects', 'mahavishnu'))
})
