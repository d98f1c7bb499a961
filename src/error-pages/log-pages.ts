import { NOTHING } from './error-page.ts'

const READABLE = 'Nothing was changed; reading goes on to work as far as it can.'

export const LOG_PAGES = {
  NOT_A_REPOSITORY: {
    why: 'Tasks live inside a git repository, and neither this directory nor one above it is one. Mostly the shell is in another directory than you think. git also refuses a repository that belongs to another user; then the step is the command with which you say that you trust it.',
    kept: NOTHING,
    see: ['NOT_INITIALISED', 'NO_DIRECTORY', 'NO_FEDERATION'],
  },
  NOT_INITIALISED: {
    why: 'The repository keeps no tasks yet. Where colleagues have some already, they are on a remote and mhv sync brings them; where you are the first, mhv init begins the log. Both lead to the same beginning, so that nothing has to be decided in advance.',
    kept: NOTHING,
    see: ['NOT_A_REPOSITORY', 'NO_REMOTE', 'mhv init --help'],
  },
  NEWER_FORMAT: {
    why: 'Somebody who shares the tasks has a newer mhv, which wrote something that this one does not know. It shows what it understands and refuses to write, since it could lose what it does not. Update mhv in the way that it was installed.',
    kept: READABLE,
    see: ['mhv version'],
  },
  TASK_UNREADABLE: {
    why: 'The file of one task in the log is no valid task any more: it was edited by hand, by another program, or cut short. All other tasks work. Its events are still in an earlier commit of the log, from which mhv doctor --fix brings them back.',
    kept: READABLE,
    see: ['OBJECT_MISSING', 'AUDIT_FAILED', 'mhv doctor --help'],
  },
  STORE_UNWRITABLE: {
    why: 'git could not write: the disk is full, the repository is mounted to be read only, or parts of .git belong to another user, as after a command with sudo. The steps show room and owners. What was acknowledged before is safe.',
    kept: NOTHING,
    see: ['GIT_FAILED', 'STATE_UNWRITABLE', 'mhv preflight --help'],
  },
  LOG_REWOUND: {
    why: 'refs/mtos/tasks points to an older commit than this clone has seen, or is gone: a push or fetch with force, a restored backup, or git update-ref by hand. Writing on would hide the newer changes for good, so mhv stops. mhv doctor says what is missing, and mhv doctor --fix brings the newest known state back.',
    kept: 'Nothing was written. The newer commits are still in the repository.',
    see: ['REMOTE_REPLACED', 'mhv audit --help'],
  },
  CONTENTION: {
    why: 'Another process was writing all the time that this one waited: a long import, a script in a loop, or one that hangs and holds the lock. Mostly it is enough to try again. Where the error names a process, look whether it is at work before you take its lock away.',
    kept: NOTHING,
    see: ['STORE_UNWRITABLE', 'mhv doctor --help'],
  },
  NO_IDENTITY: {
    why: 'Every change is signed with a name and an address, which git has from user.name and user.email. On a new machine, in a container or in continuous integration they are often not set. With --global they hold for all repositories of this user.',
    kept: NOTHING,
    see: ['mhv preflight --help'],
  },
  GIT_FAILED: {
    why: 'A git command that usually works did not; what git said is part of the error. Common causes are a hook that refuses, a signing key that cannot be used, and damaged objects. Where the cause is known, the steps are about it; mhv --debug in front of the command shows which git command it was.',
    kept: 'What was not acknowledged did not happen; the task log is moved as the last step of a change.',
    see: ['STORE_UNWRITABLE', 'OBJECT_MISSING', 'mhv doctor --help'],
  },
  GIT_MISSING: {
    why: 'mhv works through the git program, from version 2.38 on. It is not on the PATH, or is older, as on some long-lived systems. Without git only the tasks of repositories that are given by an HTTPS address can be read.',
    kept: NOTHING,
    see: ['GIT_FAILED', 'mhv version'],
  },
  NOT_A_LOG: {
    why: 'The ref that tasks are kept in points to something else: a commit of the code that was pushed there by mistake, or the work of another program. mhv writes nothing on top of what it does not know. Look at the commits first; mhv doctor says what can be done.',
    kept: NOTHING,
    see: ['LOG_REWOUND', 'NEWER_FORMAT'],
  },
  OBJECT_MISSING: {
    why: 'Parts of the log are not in this repository. In a partial clone they are fetched when they are needed, which failed because the remote is away. Otherwise objects were lost or damaged on the disk; mhv doctor names each with a step that brings it back, from its history or from another clone.',
    kept: READABLE,
    see: ['TASK_UNREADABLE', 'REMOTE_UNREACHABLE', 'mhv doctor --help'],
  },
  AUDIT_FAILED: {
    why: 'The audit reads the whole history of the log and found a commit that mhv does not make: an edited file, an event taken out, a wrong signature. What is in the history stays there, so the audit will say so again; what is wrong today is mended by mhv doctor --fix. The first step shows who made the commit, and when.',
    kept: NOTHING,
    see: ['TASK_UNREADABLE', 'LOG_REWOUND', 'mhv audit --help'],
  },
}
