import { MhvError, shellWord } from '../errors.ts'

/** A repository that is not the one around the working directory. */
export interface OtherPlace {
  readonly name: string
  /** null where it has none that a command could be run in. */
  readonly directory: string | null
}

const ID = '[0-7][0-9A-HJKMNP-TV-Z]{25}'

/** A step about the tasks of a repository that has no directory, as it is typed elsewhere: that has to be named in it. */
function named(step: string, name: string): string {
  // What links tasks takes its repositories from the tasks alone.
  if (step.startsWith('mhv link ')) {
    return step
      .replace(/(?<= )\d+(?= |$)/g, `${name}#$&`)
      .replace(new RegExp(`(?<= )${ID}(?= |$)`, 'g'), `${name}/$&`)
  }
  // A task that is led by the name of its repository would contradict another one.
  if (new RegExp(`^mhv \\S+ \\S+ [\\w.-]+/${ID}\\b`).test(step)) return step
  return step.replace(/^mhv (?!help|explain|repos)(?!.*\w#\d).*/, `$& --repo ${name}`)
}

/** A step that is taken in another repository, as it is typed here; one that leads there already stays as it is. */
export const stepElsewhere = (step: string, { name, directory }: OtherPlace): string =>
  directory === null
    ? named(step, name)
    : step.replace(/^(mhv|git) (?!-C |help|explain|repos)/, `$1 -C ${shellWord(directory)} `)

/** What is said to somebody who stands in a repository, as it is read elsewhere. @param directory null where it has none */
export const readElsewhere = (message: string, directory: string | null): string =>
  directory === null ? message : message.replace(/\bmhv (?=sync\b)/, `$&-C ${shellWord(directory)} `)

/**
 * An error of another repository, as it is told here: a number without a name would mean a task of the own repository,
 * and so would a step that is pasted.
 */
export function asSeenFromElsewhere(error: MhvError, { name, directory }: OtherPlace): MhvError {
  // Some name the repository that they mean already, and what was typed is nobody's.
  if (error.data.repository !== undefined || error.error === 'USAGE') return error
  return new MhvError(error.error, `${name}: ${readElsewhere(error.message, directory)}`, {
    recovery: error.recovery.map((step) => stepElsewhere(step, { name, directory })),
    data: { ...error.data, repository: name },
    cause: error.cause,
  })
}

/** Runs work in another repository; its errors are told as that one's. */
export async function inPlace<T>(place: OtherPlace, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof MhvError ? asSeenFromElsewhere(error, place) : error
  }
}
