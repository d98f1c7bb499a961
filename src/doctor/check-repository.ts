import { join } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { readIdentity } from '../git/identity.ts'
import { remotes } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { trackingRef } from '../store/fetched-log-refs.ts'
import { fetchRefspec } from '../store/initialise.ts'
import { unwritablePlaces } from '../store/unwritable-places.ts'
import { type Finding, mendable, reported } from './finding.ts'

const OLDEST = [2, 38] as const

/** git's version, and whether git knows who writes. */
export async function gitFindings(repository: Repository): Promise<Finding[]> {
  const found: Finding[] = []
  const said = await git(['--version'], repository.git)
  const [major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(said)?.slice(1).map(Number) ?? []
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    const message = `${said} is older than ${OLDEST.join('.')}, which mhv needs.`
    found.push(reported('GIT_TOO_OLD', 'error', message, 'git --version'))
  }
  try {
    await readIdentity(repository)
  } catch (error) {
    if (!(error instanceof MhvError) || error.error !== 'NO_IDENTITY') throw error
    const message = 'git does not know who you are, so nothing can be written.'
    found.push(
      reported(
        'NO_IDENTITY',
        'error',
        message,
        'git config user.name "Your Name" && git config user.email you@example.com',
      ),
    )
  }
  return found
}

/** Directories that every write needs, as far as they are there: git makes the others inside these. */
export function unwritableFindings(repository: Repository): Finding[] {
  const { commonDir } = repository
  const refs = repository.refsAreFiles ? ['refs', 'refs/mtos'] : []
  const places = ['.', 'objects', ...refs].map((name) => join(commonDir, name))
  return unwritablePlaces(places).map((path) => {
    const message = `Nothing can be written to ${path}, so no task can be changed.`
    return reported('STORE_UNWRITABLE', 'error', message, `ls -ld ${shellWord(path)}`)
  })
}

/** What a refspec would do to the task log, or null where it has nothing to do with it. */
function judge(remote: string, refspec: string): 'right' | 'narrow' | 'destructive' | 'mirror' | null {
  if (refspec === fetchRefspec(remote)) return 'right'
  const [from = '', to = ''] = refspec.replace(/^\+/, '').split(':')
  if (to === 'refs/*') return 'mirror'
  if (to === trackingRef(remote) || to === `${trackingRef(remote)}*`) {
    return from.endsWith('*') ? 'right' : 'narrow'
  }
  if (/^refs\/mtos\/(?:\*|t[a-z]*\*?$)/.test(to)) return 'destructive'
  return null
}

function remoteFindings(remote: string, refspecs: readonly string[]): Finding[] {
  const found: Finding[] = []
  const set = (instead: string | null) => ({ kind: 'set-refspec', remote, instead }) as const
  const judged = refspecs.map((refspec) => ({ refspec, is: judge(remote, refspec) }))
  for (const { refspec, is } of judged) {
    if (is === 'destructive') {
      const message = `${remote} is fetched with ${refspec}, which overwrites tasks that are not pushed yet at every git fetch.`
      found.push(mendable('REFSPEC_DESTRUCTIVE', 'error', message, set(refspec)))
    } else if (is === 'narrow') {
      const message = `${remote} is fetched with ${refspec}; without the * git fetch fails while ${remote} has no tasks.`
      found.push(mendable('REFSPEC_NARROW', 'error', message, set(refspec)))
    } else if (is === 'mirror') {
      const message = `${remote} is mirrored with ${refspec}: every git fetch overwrites this repository’s tasks.`
      const step = `git config --get-all ${shellWord(`remote.${remote}.fetch`)}`
      found.push(reported('REFSPEC_DESTRUCTIVE', 'warning', message, step))
    }
  }
  // Without any refspec git fetches HEAD, for a pull: one for tasks would be all that is fetched.
  if (judged.length > 0 && judged.every(({ is }) => is === null)) {
    const message = `git fetch brings no tasks from ${remote}.`
    found.push(mendable('REFSPEC_MISSING', 'warning', message, set(null)))
  }
  return found
}

/** What git fetches of the task log from each remote. */
export async function refspecFindings(repository: Repository): Promise<Finding[]> {
  const found: Finding[] = []
  for (const remote of await remotes(repository)) {
    const args = ['config', '--get-all', `remote.${remote}.fetch`]
    const said = await runGit(args, repository.git)
    found.push(...remoteFindings(remote, said.stdout.toString('utf8').split('\n').filter(Boolean)))
  }
  return found
}
