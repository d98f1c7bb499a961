import * as z from 'zod'
import { line, repositoryName } from './task.ts'

/**
 * One repository of a federation's file. Keys of other programs are kept as they are; a name that YAML reads as a number
 * or a switch has to be put in quotes there.
 */
export const repositoryEntry = z
  .looseObject({
    name: repositoryName,
    path: line(1000).optional(),
    url: line(2000)
      // git takes a word that begins so for an option, and `ext::` runs whatever follows.
      .refine((url) => !/^-|^ext::/.test(url), 'is not the address of a repository')
      .optional(),
    nickname: repositoryName.optional(),
    nicknames: z.array(repositoryName).default([]),
    role: line(100).optional(),
    tags: z.array(line(100)).default([]),
    description: z.string().optional(),
    status: z.string().optional(),
  })
  .refine(({ path, url }) => path !== undefined || url !== undefined, 'has neither a path nor a url')

/** repos.yaml as a whole; its entries are judged one by one, so that a broken one does not hide the others. */
export const reposFile = z.looseObject({ repos: z.array(z.unknown()).nullish() })

/** The same with its entries, as editors check it. */
export const reposFileWhole = reposFile.extend({ repos: z.array(repositoryEntry).nullish() })
