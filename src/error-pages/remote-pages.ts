import { NOTHING } from './error-page.ts'

const LOCAL = 'Nothing that is here was changed or lost; the next sync sends what is new.'

export const REMOTE_PAGES = {
  STATE_UNWRITABLE: {
    why: 'What belongs to you rather than to a repository, such as agreements, models and fetched logs, is kept below your home (XDG_STATE_HOME and XDG_CACHE_HOME). It cannot be written there: the home is read-only, as in some containers, the disk is full, or a file has the name of the directory. The tour is made where temporary files are (TMPDIR), which may be wrong in the same ways.',
    kept: NOTHING,
    see: ['STORE_UNWRITABLE', 'NOT_TRUSTED'],
  },
  NO_REMOTE: {
    why: 'Tasks are exchanged through a remote of the repository, and the one that is asked for does not exist, there is none at all, or there are several and none is called origin. mtos.remote in git’s configuration says which is the main one, the one that settles numbers.',
    kept: NOTHING,
    helps: ['git remote add origin URL', 'git config mtos.remote NAME'],
    see: ['REMOTE_MISSING', 'mhv sync --help'],
  },
  REMOTE_AUTH: {
    why: 'The remote asked for a password, a token or a key, and git had none that was accepted. The first step asks it without changing anything and shows what git says. A token may have expired, an SSH agent may not run, or you may read but not write there. What works for git push works for tasks.',
    kept: LOCAL,
    see: ['REMOTE_MISSING', 'REMOTE_REFUSED'],
  },
  REMOTE_UNREACHABLE: {
    why: 'There is no way to the host at the moment: no network, a name that is not known, a VPN that is off, a portal that wants a login first, or a server in trouble. Tasks are in the repository, so everything but syncing goes on without it.',
    kept: LOCAL,
    see: ['REMOTE_TIMEOUT', 'REMOTE_AUTH'],
  },
  REMOTE_TIMEOUT: {
    why: 'The host took the connection but did not answer in time: a slow link, a busy server, or a firewall that swallows packets. On a slow link a first exchange may need longer, which --timeout gives it.',
    kept: LOCAL,
    see: ['REMOTE_UNREACHABLE', 'mhv sync --help'],
  },
  REMOTE_REFUSED: {
    why: 'The host lets you in, but does not take or show refs outside of branches and tags, as some hosts do, or a hook there refuses. mhv doctor --remote tries out what it takes. The tasks can travel in an ordinary branch instead, which the steps set up.',
    kept: LOCAL,
    see: ['REMOTE_AUTH', 'mhv doctor --help'],
  },
  REMOTE_REPLACED: {
    why: 'The log on the remote does not contain what was seen there before: somebody has pushed with force, made the repository anew, or it is another repository. Merging could bring back what was deleted on purpose, or mix two projects. Look at it, ask who did it, and accept it only if it is meant.',
    kept: 'Nothing was merged and nothing was pushed.',
    see: ['LOG_REWOUND', 'AUDIT_FAILED', 'mhv sync --help'],
  },
  REMOTE_MISSING: {
    why: 'The address leads to no repository: it was renamed, moved or deleted, or the host hides it from you, which many do where you have no rights. git remote -v shows the address, and git remote set-url changes it.',
    kept: LOCAL,
    see: ['REMOTE_AUTH', 'NO_REMOTE'],
  },
}
