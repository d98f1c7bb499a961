import { NOTHING } from './error-page.ts'

export const GATE_PAGES = {
  CONFIG_INVALID: {
    why: 'The configuration file is no valid YAML or JSON, has a key that does not exist, or a value that breaks its rule; the error names the place, the rule and an example. A file that cannot be read counts as a whole, so that no gate is left out by a slip. docs/config.schema.json describes every key, also for editors.',
    kept: NOTHING,
    see: ['NOT_TRUSTED', 'mhv config edit --help'],
  },
  GATE_FAILED: {
    why: 'A quality gate, such as tests or a linter, ran and said no; its output stands above the error. Mend what it found and run it again. Where the work has to go on in spite of it, done --override with --reason passes the gate, and both are kept as evidence.',
    kept: 'The task keeps its status, except that done records it as failed; the result of the gates is recorded.',
    see: ['GATE_NOT_STARTED', 'GATES_UNPROVEN', 'INCOMPLETE', 'mhv gate run --help'],
  },
  GATE_NOT_STARTED: {
    why: 'The command of a gate could not be run at all: its program is not installed or not on the PATH, its directory is not there, or there is no room for the commit to be checked out. This says nothing about the work, so it counts neither as passed nor as failed. In a new worktree dependencies are often not installed yet: see worktrees.setup.',
    kept: NOTHING,
    see: ['GATE_FAILED', 'SETUP_FAILED', 'mhv preflight --help'],
  },
  GATES_UNPROVEN: {
    why: 'Of some commits nothing shows that the required gates passed on them: they were pushed with --no-verify, made without hooks, or the records were not fetched. Where the records are on a remote, the first step fetches them; otherwise mhv gate verify --rerun runs the gates on those commits now.',
    kept: NOTHING,
    see: ['GATE_FAILED', 'HOOKS_BROKEN', 'mhv gate verify --help'],
  },
  UNKNOWN_GATE: {
    why: 'A gate goes by its name in the configuration, which may differ between branches: what is checked out counts. The error lists the names that there are.',
    kept: 'No gate was run.',
    see: ['CONFIG_INVALID', 'mhv config show --help'],
  },
  PREFLIGHT_FAILED: {
    why: 'Before work is saved some things have to be true: git knows who you are, there is room on the disk, the log is whole, the programs of the gates are there. At least one is not, and each that is critical has its step. A warning alone does not fail.',
    kept: NOTHING,
    see: ['NO_IDENTITY', 'STORE_UNWRITABLE', 'HOOKS_BROKEN'],
  },
  NOT_TRUSTED: {
    why: 'The configuration of a repository can run programs on your machine, so it does so only after you have seen and agreed to it, once for each version. Somebody has changed it, or you are here for the first time. Read what would run before you agree; --no-setup starts a task without it.',
    kept: 'Nothing of it was run. A worktree that was being made is there.',
    see: ['CONFIG_INVALID', 'SETUP_FAILED', 'mhv config trust --help'],
  },
  HOOKS_BROKEN: {
    why: 'The git hooks are not installed, or something keeps them from running in every worktree: a relative core.hooksPath, a file that may not be executed, or another tool that has put its own in their place. Without them gates are not run when you commit or push. Installing again mends it and keeps hooks of others.',
    kept: NOTHING,
    see: ['GATES_UNPROVEN', 'mhv hooks status --help'],
  },
  NO_GATES_FOUND: {
    why: 'In this directory there is none of the files by which mhv recognises what checks the work, such as package.json with a test script or pyproject.toml. A preset can be named, and a gate is only a name and a command: write it into .mhvrc.yaml by hand.',
    kept: 'No file was written.',
    see: ['CONFIG_EXISTS', 'mhv gate init --help'],
  },
  CONFIG_EXISTS: {
    why: 'mhv gate init writes a first configuration and never changes one that there is, since its comments and order are yours. What it would have written is printed; take over what is missing.',
    kept: 'The file was left as it is.',
    see: ['NO_GATES_FOUND', 'CONFIG_INVALID'],
  },
  CONFIG_UNWRITABLE: {
    why: 'The file, or its directory, may not be written by you, the disk is full, or the value stands in it in a way that cannot be changed alone, such as behind an anchor that others refer to. Comments and order of a file are yours, so it is never written anew as a whole. Change it in an editor.',
    kept: 'The file was left as it is.',
    see: ['CONFIG_INVALID', 'CONFIG_IS_A_PROGRAM', 'mhv config set --help'],
  },
  CONFIG_CHANGED: {
    why: 'While the file was open in your editor, something else wrote it: another terminal, a checkout, a tool. Putting yours in its place would lose that. What you wrote is kept in the file that the error names; open the configuration again and take over what is missing.',
    kept: 'The file is as the other one left it.',
    see: ['CONFIG_INVALID', 'mhv config edit --help'],
  },
  CONFIG_IS_A_PROGRAM: {
    why: 'mhv.config.js and its like are run to learn the configuration, and a program that makes a value cannot be told another one from outside. Change it in an editor; since it runs on your machine, it has to be trusted again afterwards.',
    kept: 'The file was left as it is.',
    see: ['NOT_TRUSTED', 'CONFIG_UNWRITABLE', 'mhv config path --help'],
  },
}
