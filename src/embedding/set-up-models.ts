import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { makeDirectory } from '../make-directory.ts'
import { isUnchanged, readModel, type SetUpModel } from './model-folder.ts'

/** Names the folder of the model that counts where none is asked for. */
const CHOSEN = 'chosen'
const SCRATCH = '.setup-'

const entriesOf = (directory: string) => (existsSync(directory) ? readdirSync(directory).sort() : [])

/** All that were set up, damaged ones too: what is missing of one is no reason to say that there was none. */
export const setUpModels = (directory: string): SetUpModel[] =>
  entriesOf(directory).flatMap((name) => readModel(join(directory, name)) ?? [])

/**
 * The model of that name, or else the one that was set up last; null where there is none.
 * @param name as the configuration has it; null where it names none
 */
export function findModel(directory: string, name: string | null): SetUpModel | null {
  const models = setUpModels(directory)
  if (name !== null) return models.find((model) => model.name === name) ?? null
  let chosen: string
  try {
    chosen = readFileSync(join(directory, CHOSEN), 'utf8').trim()
  } catch {
    return null
  }
  return models.find(({ folder }) => basename(folder) === chosen) ?? null
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A directory in which a model can be put together, where no other process looks. Errors: of the file system. */
export function scratchFolder(directory: string): string {
  makeDirectory(directory, 0o700)
  for (const name of entriesOf(directory)) {
    const pid = name.startsWith(SCRATCH) ? Number(name.slice(SCRATCH.length).split('-')[0]) : null
    // Left behind by one that was killed.
    if (pid !== null && !isRunning(pid)) rmSync(join(directory, name), { recursive: true, force: true })
  }
  return mkdtempSync(join(directory, `${SCRATCH}${process.pid}-`))
}

/** Where a model goes: what the user reads in it is its name, what counts is the content. */
const folderName = ({ name, id }: SetUpModel) =>
  `${name
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(-60)}-${id.slice(-20)}`

/**
 * Lets a model that was put together count from now on, in place of an earlier one of its name.
 * Errors: of the file system.
 */
export function keepModel(directory: string, scratch: string): SetUpModel {
  const made = readModel(scratch)!
  const folder = join(directory, folderName(made))
  const isThere = () => {
    const there = readModel(folder)
    return there !== null && isUnchanged(there)
  }
  if (!isThere()) {
    rmSync(folder, { recursive: true, force: true })
    try {
      renameSync(scratch, folder)
    } catch (error) {
      // Another process may have been faster, with the same model.
      if (!isThere()) throw error
    }
  }
  const note = join(directory, `${CHOSEN}.${process.pid}.tmp`)
  writeFileSync(note, `${basename(folder)}\n`)
  renameSync(note, join(directory, CHOSEN))
  for (const other of setUpModels(directory)) {
    if (other.name === made.name && other.folder !== folder) {
      rmSync(other.folder, { recursive: true, force: true })
    }
  }
  return { ...made, folder }
}

/** Deletes a model. Where it was the one that counts, none does afterwards. Errors: of the file system. */
export function removeModel(directory: string, model: SetUpModel): void {
  if (findModel(directory, null)?.folder === model.folder) rmSync(join(directory, CHOSEN), { force: true })
  rmSync(model.folder, { recursive: true, force: true })
}
