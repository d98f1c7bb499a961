import { join } from 'node:path'
import type { Repository } from '../../git/repository.ts'
import { storeDirectory } from '../../store/git-store.ts'

/** Where the search index of a repository is kept; it may be deleted at any time. */
export const searchDirectory = (repository: Repository) => join(storeDirectory(repository), 'search')
