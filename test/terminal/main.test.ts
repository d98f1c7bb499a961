import { expect, test } from 'vitest'
import { mhv } from '../support/cli.ts'
import { temporaryDirectory } from '../support/repository.ts'

test.each(['constructor', '__proto__', 'toString'])(
  '%s, which every object has, is no command',
  async (word) => {
    const { code, out } = await mhv(temporaryDirectory(), word, '--json')
  expect({ code, error: JSON.parse(out).error.code }).toMatchObject({ code: 2, error: expect.stringMatching(/MHV-012|USAGE/) })
})
  },
)
