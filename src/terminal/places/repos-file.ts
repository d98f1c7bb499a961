import { basename, join, resolve } from 'node:path'
import { MhvError } from '../../errors.ts'
import { findReposFile } from '../../repos/find-file.ts'
import { Flags } from '../oclif.ts'

/** The file that a command writes. */
export const fileFlag = {
  file: Flags.string({
    description: 'file to write; else MHV_REPOS, or the nearest repos.yaml upward',
  }),
}

const isYaml = (path: string) => /\.ya?ml$/.test(basename(path))

/**
 * The file to write: the one named, which need not be there yet; else the one that reading commands would find; else one
 * in a directory. Errors: NO_FEDERATION for an MHV_REPOS that leads nowhere; INVALID_INPUT for a name that no command
 * would find again.
 */
export function fileToWrite(named: string | undefined, directory: string): string {
  if (named === undefined) return findReposFile(directory) ?? join(directory, 'repos.yaml')
  if (isYaml(named)) return resolve(named)
  throw new MhvError('INVALID_INPUT', `--file ${named}: the name ends in neither .yaml nor .yml.`, {
    recovery: ['mhv help'],
    data: { field: 'file' },
  })
}
