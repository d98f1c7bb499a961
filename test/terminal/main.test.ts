import { expect, test } from 'vitest'
import { mhvJson } from '../support/cli.ts'
import { temporaryDirectory } from '../support/repository.ts'

test.each(['constructor', '__proto__', 'toString'])(
  '%s, which all objects have, is no command',
  async (word) => {
    const { error } = await mhvJson(temporaryDirectory(), word)
    expect(error.code).toMatch(/USAGE|MHV-012/)
  },
)
