import { MhvError } from '../errors.ts'
import type { Repository } from './repository.ts'
import { runGit } from './run.ts'

export interface Identity {
  readonly name: string
  readonly email: string
  /** Offset from UTC as git writes it, `+0100`. */
  readonly zone: string
}

/** Who git says is acting, or who commits for them. Errors: NO_IDENTITY. */
export async function readIdentity(
  repository: Repository,
  role: 'AUTHOR' | 'COMMITTER' = 'AUTHOR',
): Promise<Identity> {
  const result = await runGit(['var', `GIT_${role}_IDENT`], repository.git)
  const match = /^(.*) <([^>]*)> \d+ ([+-]\d{4})\n$/.exec(result.stdout.toString('utf8'))
  if (result.status !== 0 || !match) {
    throw new MhvError(
      'NO_IDENTITY',
      'git does not know who you are, and every change is signed with a name.',
      {
        cause: result.stderr,
      },
    )
  }
  return { name: match[1]!, email: match[2]!, zone: match[3]! }
}
