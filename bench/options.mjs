import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** `--sizes 1000,10000,100000 --rounds 11 --only startup,read --against ../other-checkout`, with what holds when they are left out. */
export function options() {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '1000,10000,100000' },
      rounds: { type: 'string', default: '11' },
      only: { type: 'string' },
      against: { type: 'string' },
    },
  })
  return {
    sizes: values.sizes.split(',').map(Number),
    rounds: Number(values.rounds),
    only: values.only?.split(','),
    against: values.against,
  }
}

/** Whether a benchmark was started by itself. */
export const isMain = (meta) => fileURLToPath(meta.url) === realpathSync(process.argv[1])
