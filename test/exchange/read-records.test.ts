import { describe, expect, test } from 'vitest'
import { inUtf8 } from '../../src/exchange/decode-text.ts'
import { readCsv } from '../../src/exchange/read-csv.ts'
import { readJsonDocument, readJsonLines } from '../../src/exchange/read-json.ts'
import { bytesOf } from '../support/import-in-memory.ts'

const lines = (text: string) => readJsonLines(bytesOf(text))
const document = (text: string) => readJsonDocument(bytesOf(text))
const csv = (text: string) => readCsv(bytesOf(text))

describe('JSON lines', () => {
  test('are counted as an editor counts them, empty ones too', () => {
    expect(lines('{"a":1}\n\n  \r\n{"a":2}\r\n{"a":3}').records).toEqual([
      { place: 'line 1', value: { a: 1 } },
      { place: 'line 4', value: { a: 2 } },
      { place: 'line 5', value: { a: 3 } },
    ])
  })

  test('may begin with a byte order mark', () => {
    expect(lines('\ufeff{"a":1}').records).toEqual([{ place: 'line 1', value: { a: 1 } }])
  })

  test('that are no JSON are all named, and their text is not repeated', () => {
    const { faults } = lines('{"a":1}\n\u001b[31mred\n{"a":\n')
    expect(faults).toEqual([
      { place: 'line 2', field: 'line', rule: 'is not JSON from column 1 on' },
      { place: 'line 3', field: 'line', rule: 'ends at column 6, before the JSON does; is the line whole?' },
    ])
  })

  test('are refused where they are not UTF-8 instead of being repaired in silence', () => {
    const bytes = new Uint8Array([...bytesOf('{"a":"'), 0xff, ...bytesOf('"}\n')])
    expect(readJsonLines(bytes).faults).toHaveLength(1)
  })

  test('of more than a megabyte are refused, and the next is read', () => {
    const { records, faults } = lines(`{"a":"${'x'.repeat(1_000_000)}"}\n{"a":2}\n`)
    expect(faults).toEqual([{ place: 'line 1', field: 'line', rule: 'is longer than 1000000 bytes' }])
    expect(records).toEqual([{ place: 'line 2', value: { a: 2 } }])
  })
})

describe('a JSON document', () => {
  test.each(['[{"a":1},{"a":2}]', '{"schema":1,"tasks":[{"a":1},{"a":2}]}'])('holds a list: %s', (text) => {
    expect(document(text).records).toEqual([
      { place: 'item 1', value: { a: 1 } },
      { place: 'item 2', value: { a: 2 } },
    ])
  })

  test.each(['{"a":1}', '7', 'null', '[', ''])('that holds none is refused: %s', (text) => {
    expect(document(text)).toMatchObject({ records: [], faults: [{ field: 'document' }] })
  })
})

describe('what is wrong is told by its place:', () => {
  test.each([
    ['[\n{"id":1},\n{"id":2,"ti', 'line 3', 'ends at column 12, before the JSON does; is the file whole?'],
    ['[\n{"id":1},\n', 'line 3', 'ends at column 1, before the JSON does; is the file whole?'],
    ['[\n{"id":1}\n{"id":2}]', 'line 3', 'is not JSON from column 1 on'],
    ['[\n{"id": one}]', 'line 2', 'is not JSON from column 8 on'],
    ['[]\n]', 'line 2', 'is not JSON from column 1 on'],
  ])('%j', (text, place, rule) => {
    expect(document(text).faults).toEqual([{ place, field: 'document', rule }])
  })

  test('bytes that are not UTF-8, in each line that has some', async () => {
    const latin1 = Buffer.from('id,title\n1,fine\n2,caf\u00e9\n3,na\u00efve\n', 'latin1')
    const rule = 'is not text in UTF-8'
    const faults = [3, 4].map((line) => ({ place: `line ${line}`, field: 'line', rule }))
    expect((await readCsv(latin1)).faults).toEqual(faults)
    expect(readJsonDocument(latin1).faults).toEqual(faults)
  })
})

describe('CSV', () => {
  test('has headings in any case, and lines are those where a row begins', async () => {
    const { records } = await csv('\ufeffID,Title\r\nA-1,"two\r\nlines, ""quoted"""\r\n\r\nA-2,b\r\n')
    expect(records).toEqual([
      { place: 'line 2', value: { id: 'A-1', title: 'two\r\nlines, "quoted"' } },
      { place: 'line 5', value: { id: 'A-2', title: 'b' } },
    ])
  })

  test.each([';', '\t'])('may be separated as the heading is: %j', async (mark) => {
    const { records } = await csv(`ID${mark}Title\nA-1${mark}a, b\n`)
    expect(records).toEqual([{ place: 'line 2', value: { id: 'A-1', title: 'a, b' } }])
  })

  test('names rows with more cells than headings, since every later cell would be in the wrong field', async () => {
    const { faults, records } = await csv('ID,Title\nA-1,one,two\nA-2\n')
    expect(faults).toEqual([
      {
        place: 'line 2',
        field: 'row',
        rule: 'has 3 cells under 2 headings; is a comma without quotes?',
      },
    ])
    expect(records).toEqual([{ place: 'line 3', value: { id: 'A-2' } }])
  })

  test('names the row whose quote never ends', async () => {
    const { faults } = await csv('ID,Title\nA-1,a\nA-2,"b\nA-3,c\n')
    expect(faults).toEqual([{ place: 'line 3', field: 'row', rule: 'has a quote that does not end' }])
  })

  test.each([
    ['Name,Title\na,b\n', 'has no column id; it has name, title; as in id,title,status,priority'],
    ['ID,Title,id\n1,b,2\n', 'names a column twice'],
    ['', 'is missing'],
  ])('without a heading that can be used is refused: %j', async (text, rule) => {
    expect((await csv(text)).faults).toEqual([{ place: 'line 1', field: 'heading', rule }])
  })
})

test('rows under a heading that cannot be used are not looked at', async () => {
  const { records, faults } = await csv(`Name,Title\n${'a,b,c\n'.repeat(50)}`)
  expect({ records, faults: faults.length }).toEqual({ records: [], faults: 1 })
})

describe('headings that are not there', () => {
  test.each([
    [
      'Idd,Titel\n1,a\n',
      'has no column id and no title; did you mean “idd” for id and “titel” for title?; as in id,title,status,priority',
    ],
    ['Key,Title\n1,a\n', 'has no column id; it has key, title; as in id,title,status,priority'],
    [
      'a,b,c,d,e,f,g,h,i,j,k,l\n',
      'has no column id and no title; it has a, b, c, d, e, f, g, h, i, j, …; as in id,title,status,priority',
    ],
  ])('%j', async (text, rule) => {
    expect((await csv(text)).faults).toEqual([{ place: 'line 1', field: 'heading', rule }])
  })
})

describe('a file as programs of Windows write it', () => {
  const text = 'ID,Title\r\nA-1,設定 🚀\r\n'
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
  const bigEndian = Buffer.from(utf16).swap16()
  test.each([
    ['in UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['in UTF-16', utf16],
    ['in UTF-16 with the larger byte first', bigEndian],
    ['in UTF-8', Buffer.from(text)],
  ])('%s is read as the same text', (_, bytes) => {
    expect(Buffer.from(inUtf8(bytes)).toString()).toBe(text)
  })

  test('that is not whole is left as it is', () => {
    const broken = utf16.subarray(0, -1)
    expect(inUtf8(broken)).toBe(broken)
  })
})
