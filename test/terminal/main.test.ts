import { expect, test } from 'vitest'
import { mhv } from '../support/cli.ts'
import { temporaryDirectory } from '../support/repository.ts'

test.each(['constructor', '__proto__', 'toString'])(
  '%s, which every object has, is no command',
  async (word) => {
    const { code, out } = await mhv(temporaryDirectory(), word, '--json')
    expect({ code, name: JSON.parse(out).error.name }).toEqual({ code: 2, name: 'USAGE' })
  },
)
