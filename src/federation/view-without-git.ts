import { join } from 'node:path'
import { type PortableView, viewPortably } from './portable-view.ts'
import { MAX_AGE, TIMEOUT, type UrlOptions } from './url-cache.ts'
import { entryDirectory } from './url-repository.ts'

/** The tasks of a URL, read without git into a cache beside that of git. Never throws an MhvError. */
export function viewWithoutGit(url: string, options: UrlOptions): Promise<PortableView> {
  const { maxAge = MAX_AGE, timeout = TIMEOUT, reach } = options
  const directory = join(entryDirectory(url), 'portable')
  const now = new Date().toISOString()
  return viewPortably({ url, directory, now, maxAge, timeout, ...(reach ? { reach } : {}) })
}
