import type { ErrorName } from '../errors.ts'
import type { ErrorPage } from './error-page.ts'
import { FEDERATION_PAGES } from './federation-pages.ts'
import { GATE_PAGES } from './gate-pages.ts'
import { INPUT_PAGES } from './input-pages.ts'
import { LOG_PAGES } from './log-pages.ts'
import { MODEL_PAGES } from './model-pages.ts'
import { REMOTE_PAGES } from './remote-pages.ts'
import { TASK_PAGES } from './task-pages.ts'
import { WORKTREE_PAGES } from './worktree-pages.ts'

/** The page of every error in the table. */
export const ERROR_PAGES: Readonly<Record<ErrorName, ErrorPage>> = {
  ...FEDERATION_PAGES,
  ...GATE_PAGES,
  ...INPUT_PAGES,
  ...LOG_PAGES,
  ...MODEL_PAGES,
  ...REMOTE_PAGES,
  ...TASK_PAGES,
  ...WORKTREE_PAGES,
}
