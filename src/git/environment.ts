/**
 * Variables that tie a git process to one repository, as `git rev-parse --local-env-vars` lists them (a test compares).
 * A hook hands them to us; a child that inherited them would work on the hook's repository instead of its own.
 */
export const LOCAL_VARIABLES = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_CONFIG',
  'GIT_CONFIG_PARAMETERS',
  'GIT_CONFIG_COUNT',
  'GIT_OBJECT_DIRECTORY',
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_GRAFT_FILE',
  'GIT_INDEX_FILE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_REPLACE_REF_BASE',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_COMMON_DIR',
  'GIT_INTERNAL_SUPER_PREFIX',
] as const

/** The environment for a child process: without git's local variables, messages in English so that they can be told apart. */
export function childEnvironment(base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const environment = { ...base }
  for (const name of LOCAL_VARIABLES) delete environment[name]
  environment.LC_ALL = 'C'
  environment.GIT_OPTIONAL_LOCKS = '0'
  // Hooks of ours that a git of ours runs have nothing to look after: whoever started it does that.
  environment.MHV_WITHIN = '1'
  return environment
}
