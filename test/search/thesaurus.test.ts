import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const FOLDER = join(import.meta.dirname, '../../src/search/thesaurus')
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))
const TERM = /^[a-z0-9.][a-z0-9'+#./_-]*$/

interface Line {
  readonly at: string
  readonly line: string
}

async function linesOf(file: string): Promise<readonly Line[]> {
  const topic = (await import(join(FOLDER, file))) as Record<string, unknown>
  const [text] = Object.values(topic)
  if (typeof text !== 'string') return []
  return text
    .split('\n')
    .map((line, index) => ({ at: `${file}, group ${index}`, line }))
    .filter(({ line }) => line !== '')
}

const lines = (await Promise.all(FILES.map(linesOf))).flat()
const termsOf = (line: string) => line.split(' ~ ').flatMap((part) => part.split(', '))
const badOnes = (isBad: (line: string) => boolean) =>
  lines.filter(({ line }) => isBad(line)).map(({ at, line }) => `${at}: ${line}`)

describe('each topic of the thesaurus', () => {
  test.each(FILES)('%s exports one text, named after the topic', async (file) => {
    const name = file.replace(/\.ts$/, '').replaceAll('-', '_').toUpperCase()
    expect(Object.keys(await import(join(FOLDER, file)))).toEqual([name])
    expect(await linesOf(file)).not.toEqual([])
  })

  test.each(FILES)('%s is short enough to be read', (file) => {
    expect(readFileSync(join(FOLDER, file), 'utf8').split('\n').length).toBeLessThanOrEqual(300)
  })
})

describe('each group of the thesaurus', () => {
  test('has at most one part of related words', () => {
    expect(
      badOnes((line) => line.split('~').length > 2 || line.split(' ~ ').length < line.split('~').length),
    ).toEqual([])
  })

  test('has at least two terms', () => {
    expect(badOnes((line) => termsOf(line).length < 2)).toEqual([])
  })

  test('has terms of one to three words, in lower case', () => {
    const isTerm = (term: string) => {
      const words = term.split(' ')
      return words.length <= 3 && words.every((word) => TERM.test(word))
    }
    expect(badOnes((line) => !termsOf(line).every(isTerm))).toEqual([])
  })

  test('has no term twice', () => {
    expect(badOnes((line) => new Set(termsOf(line)).size < termsOf(line).length)).toEqual([])
  })

  test('is there once', () => {
    const all = lines.map(({ line }) => line)
    expect(all.filter((line, index) => all.indexOf(line) !== index)).toEqual([])
  })
})
