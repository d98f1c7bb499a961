import { existsSync, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { cacheDirectory } from '../config/cache-directory.ts'
import { hasConfig } from '../config/has-config.ts'
import type { SetUpModel } from '../embedding/model-folder.ts'
import { findModel } from '../embedding/set-up-models.ts'
import { homeDirectory } from '../home-directory.ts'

/** The one that is set up where none is named: small, quick, and good at short texts. */
export const DEFAULT_MODEL = 'Xenova/all-MiniLM-L6-v2'

/** Where models are kept, for all repositories. */
export const modelsDirectory = () => join(cacheDirectory(), 'models')

/** Where the vectors of a repository's texts are kept, below the directory of what mhv keeps there. */
export const vectorsDirectory = (commonDir: string) => join(commonDir, 'mtos', 'vectors')

const saysFolder = (text: string) => /^(?:~?[/\\]|\.{1,2}(?:[/\\]|$))/.test(text) || isAbsolute(text)

/**
 * The name by which a model is known: of a folder its whole path, else as it is.
 * @param base what a relative path counts from
 */
export function modelName(text: string, base: string): { readonly name: string; readonly isFolder: boolean } {
  if (!saysFolder(text)) return { name: text, isFolder: false }
  return { name: resolve(base, text.replace(/^~(?=[/\\])/, homeDirectory())), isFolder: true }
}

/** The same of what somebody types, who may leave out the ./ of a folder that is there. */
export function typedModelName(text: string, cwd: string): ReturnType<typeof modelName> {
  const path = resolve(cwd, text)
  const isThere = existsSync(path) && statSync(path).isDirectory()
  return modelName(isThere ? path : text, cwd)
}

export interface CurrentModel {
  /** As the configuration names it, and who does; null where none does. */
  readonly asked: { readonly name: string; readonly isFolder: boolean } | null
  /** The one to use; null where it, or any, was not set up. */
  readonly model: SetUpModel | null
}

/**
 * The sentence model that holds. A repository's configuration can only choose among those that the user has set up:
 * nothing is fetched, or run, on its word.
 * @param top the worktree's top directory; null where there is none
 * Errors: CONFIG_INVALID, NOT_TRUSTED.
 */
export async function currentModel(top: string | null): Promise<CurrentModel> {
  const { loadConfig } = hasConfig(top) ? await import('../config/load-config.ts') : { loadConfig: null }
  const named = loadConfig ? (await loadConfig(top)).config.search.model : undefined
  const asked = named === undefined ? null : modelName(named, top ?? homeDirectory())
  return { asked, model: findModel(modelsDirectory(), asked?.name ?? null) }
}
