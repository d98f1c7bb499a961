import { NOTHING } from './error-page.ts'

export const INPUT_PAGES = {
  INVALID_INPUT: {
    why: 'A value that was given breaks the rule of its field: too long, empty, no date, none of the words that are allowed. The error names the field, the value, the rule and an example. An empty value often comes from a variable of a script that is not set.',
    kept: NOTHING,
    helps: ['mhv COMMAND --help'],
    see: ['USAGE', 'DEADLINE_PAST'],
  },
  USAGE: {
    why: 'The command line has a command, flag or argument that does not exist, lacks one that is needed, or has two that contradict each other. Where a word is close to one that there is, the error says which was probably meant. A text of several words goes in quotes, and one that begins with a dash comes after --.',
    kept: NOTHING,
    see: ['INVALID_INPUT', 'mhv help'],
  },
  DEADLINE_PAST: {
    why: 'A deadline in the past is a slip more often than a wish: a date of last year, or a weekday that was meant to be the next one. --allow-past takes it all the same, which is what an import of old tasks needs.',
    kept: NOTHING,
    helps: ['mhv task edit NUMBER --deadline DATE', 'mhv task edit NUMBER --deadline DATE --allow-past'],
    see: ['INVALID_INPUT', 'mhv task create --help'],
  },
  IMPORT_REJECTED: {
    why: 'At least one line of the file cannot be read as a task: it is no JSON, lacks a title, or refers to a task that is neither in the file nor here. The error names the lines, and an import is made whole or not at all. After the lines are mended the same command may be repeated: what was imported before is recognised.',
    kept: 'Nothing was imported.',
    helps: ['mhv task import FILE --dry-run', 'mhv task import FILE'],
    see: ['INVALID_INPUT', 'mhv task import --help'],
  },
  BAD_REVISION: {
    why: 'A point in time is a date (2026-11-20, yesterday), an instant, or a commit of the log that it is about. A branch or a tag of the code is none of the task log, whose own commits git log refs/mtos/tasks lists. In a shallow clone older commits may not be there.',
    kept: NOTHING,
    see: ['GATES_UNPROVEN', 'INVALID_INPUT'],
  },
  UNKNOWN_CODE: {
    why: 'Errors go by a code such as MHV-023 or by a name such as WORKTREE_EXISTS; upper and lower case do not matter. An error with MHV-000 is a bug in mhv and has no page: mhv bug collects what a report of it needs.',
    kept: NOTHING,
    see: ['mhv explain', 'mhv bug --help'],
  },
  REQUEST_UNCLEAR: {
    why: 'Parts of the words could mean several things, and where nobody can be asked, in a script or a pipe, mhv does not guess. The step is the command with flags that does exactly what was understood; read it, and paste it if it is right. --yes does it without asking, --no-parse takes the words as the title.',
    kept: 'Nothing was created.',
    see: ['INVALID_INPUT', 'mhv task create --help'],
  },
  NO_DIRECTORY: {
    why: 'Either -C names a directory that is not there or may not be entered, or the directory that the shell is in was deleted or moved: after mhv done its worktree may be gone. Change to one that exists.',
    kept: NOTHING,
    see: ['NOT_A_REPOSITORY', 'mhv shell-init --help'],
  },
  OUTPUT_FAILED: {
    why: 'The answer was to be written to a file or device that has no room or cannot be written. What > wrote is then a part of it; a file that --output names is there whole or, as it was before, not at all. A reader that has closed its end early, such as head, is no such failure. The command itself had done its work by then, so do not repeat what creates something before you have looked.',
    kept: 'What the command was to change is changed, and what --output --force was to replace is still there.',
    see: ['STORE_UNWRITABLE'],
  },
  EDITOR_FAILED: {
    why: 'The editor that git uses (core.editor, GIT_EDITOR, VISUAL or EDITOR) could not be started or ended with an error; leaving vi with :cq does the latter on purpose. Another editor is set with git config core.editor, and most texts can be given on the command line instead.',
    kept: NOTHING,
    see: ['INVALID_INPUT', 'mhv task edit --help'],
  },
}
