import { NOTHING } from './error-page.ts'

export const FEDERATION_PAGES = {
  NO_FEDERATION: {
    why: 'Commands about several repositories read a repos.yaml that lists them. It is looked for where --repos or MHV_REPOS says, upward from here, and in your configuration directory, and is in none of these places. mhv repos discover makes one from the repositories that it finds.',
    kept: NOTHING,
    see: ['REPOS_INVALID', 'UNKNOWN_REPOSITORY', 'mhv repos discover --help'],
  },
  REPOS_INVALID: {
    why: 'The file that lists the repositories is no valid YAML, or an entry lacks a name or a place. The first step shows the line that is wrong, the second opens the file. docs/repos.schema.json describes every key.',
    kept: NOTHING,
    see: ['NO_FEDERATION', 'REPOSITORY_LISTED'],
  },
  UNKNOWN_REPOSITORY: {
    why: 'A repository goes by its name, a nickname, its tags or its role in repos.yaml. The word is none of these: it is mistyped, or the entry is in another file than the one that was found, which mhv repos list names.',
    kept: NOTHING,
    see: ['AMBIGUOUS_REPOSITORY', 'NO_FEDERATION', 'mhv repos add --help'],
  },
  REPOSITORY_MISSING: {
    why: 'repos.yaml says where the repository is, and there it is not: it was moved, not cloned on this machine, or its disk is not mounted. Other repositories go on to work, and lists name the one that is missing. Clone it there, or change its entry.',
    kept: NOTHING,
    see: ['UNKNOWN_REPOSITORY', 'REMOTE_MISSING', 'mhv repos check --help'],
  },
  SAGA_UNFINISHED: {
    why: 'A change of several repositories was interrupted after some of them had it: the program was ended, or one of them could not be reached. It is written down, so nothing is lost or done twice. mhv link --resume finishes it, or takes it back where one of them refuses its part.',
    kept: 'Some of the repositories have the change, others do not yet.',
    see: ['SAGA_TAKEN_BACK', 'REMOTE_UNREACHABLE', 'mhv link --help'],
  },
  SAGA_TAKEN_BACK: {
    why: 'One of the repositories refused its part of the change, for the reason that the error gives, so the parts of the others were taken back. Once the reason is gone the same command may be given again.',
    kept: 'In effect nothing: what was done first has been undone, which the history shows.',
    see: ['SAGA_UNFINISHED', 'REPOSITORY_MISSING', 'REMOTE_REFUSED'],
  },
  REPOSITORY_LISTED: {
    why: 'Names, nicknames and places in repos.yaml each belong to one entry, and one of those that were given is taken, or the repository is listed already under another name. Give another name, or leave it as it is.',
    kept: 'The file was left as it is.',
    see: ['REPOS_INVALID', 'AMBIGUOUS_REPOSITORY', 'mhv repos add --help'],
  },
  REPOS_UNWRITABLE: {
    why: 'The file that lists the repositories, or the directory around it, may not be written by you, or has no room. It is replaced as a whole, so that it is never half written. The steps show who owns it and how much room there is.',
    kept: 'The file was left as it is.',
    see: ['STATE_UNWRITABLE', 'REPOS_INVALID'],
  },
  AMBIGUOUS_REPOSITORY: {
    why: 'The directory that you are in has the name that repos.yaml gives to another repository, so that a task such as demo#3 could be of either. Say which one by its name in repos.yaml, or leave the name away for the one around. Another nickname in repos.yaml ends the matter.',
    kept: NOTHING,
    see: ['UNKNOWN_REPOSITORY', 'mhv repos check --help'],
  },
}
