import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { keepLine, noteEnd, readHistory } from '../../src/terminal/palette/palette-history.ts'
import { temporaryDirectory } from '../support/repository.ts'
import { withEnvironment } from '../support/use-tasks.ts'

let directory: string
const file = () => join(directory, 'mhv', 'palette.json')
const keep = (line: string, where = '/a') => keepLine({ line, where })

describe('lines that ran from the palette', () => {
  beforeEach(() => {
    directory = temporaryDirectory()
  })

  test('are kept once each, the newest first, for this user alone', () => {
    withEnvironment({ XDG_STATE_HOME: directory })
    for (const line of ['tl', 'task show 1', 'tl']) keep(line)
    keep('tl', '/b')
    expect(readHistory()).toEqual([
      { line: 'tl', where: '/b' },
      { line: 'tl', where: '/a' },
      { line: 'task show 1', where: '/a' },
    ])
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(directory, 'mhv'))).toEqual(['palette.json'])
  })

  test('that were refused say so until they run again; gates and other writers refuse none', () => {
    withEnvironment({ XDG_STATE_HOME: directory })
    for (const line of ['task comment', 'gate run', 'tl']) keep(line)
    for (const [line, code] of [
      ['task comment', 1],
      ['gate run', 3],
      ['tl', 0],
      ['never', 1],
    ] as const)
      noteEnd({ line, where: '/a' }, code)
    expect(readHistory()).toEqual([
      { line: 'tl', where: '/a' },
      { line: 'gate run', where: '/a' },
      { line: 'task comment', where: '/a', hasFailed: true },
    ])
    keep('task comment')
    expect(readHistory()[0]).toEqual({ line: 'task comment', where: '/a' })
  })

  test('are bounded in number and length', () => {
    withEnvironment({ XDG_STATE_HOME: directory })
    for (let i = 0; i < 230; i++) keep(`task show ${i}`)
    keep(`tc ${'x'.repeat(600)}`)
    expect(readHistory()).toHaveLength(200)
    expect(readHistory()[0]!.line).toBe('task show 229')
  })

  test('have no secrets and no controls among them', () => {
    withEnvironment({ XDG_STATE_HOME: directory })
    keep('repos add https://ann:hunter2@example.com/x.git')
    keep('tc a\u001b[2J')
    expect(existsSync(file())).toBe(false)
  })

  test.each([
    ['not JSON', '{"schema":1,"lines":['],
    ['another schema', '{"schema":2,"lines":[{"line":"tl","where":""}]}'],
    ['no list', '{"schema":1,"lines":"tl"}'],
    ['null', 'null'],
    ['nothing', ''],
  ])('are none where the file is damaged: %s', (_, content) => {
    withEnvironment({ XDG_STATE_HOME: directory })
    mkdirSync(join(directory, 'mhv'))
    writeFileSync(file(), content)
    expect(readHistory()).toEqual([])
    keep('tl')
    expect(readHistory()).toEqual([{ line: 'tl', where: '/a' }])
  })

  test('that are damaged leave the others', () => {
    withEnvironment({ XDG_STATE_HOME: directory })
    mkdirSync(join(directory, 'mhv'))
    const lines = [{ line: 7 }, null, { line: 'tl', where: '/a' }, { line: 'x' }]
    writeFileSync(file(), JSON.stringify({ schema: 1, lines }))
    expect(readHistory()).toEqual([{ line: 'tl', where: '/a' }])
  })

  test('are not kept where nothing can be written, which is no error', () => {
    writeFileSync(join(directory, 'file'), 'x')
    withEnvironment({ XDG_STATE_HOME: join(directory, 'file') })
    keep('tl')
    expect(readHistory()).toEqual([])
    expect(readFileSync(join(directory, 'file'), 'utf8')).toBe('x')
  })
})
