import { stripVTControlCharacters } from 'node:util'
import * as rules from '../../../schemas/task.ts'
import { MhvError } from '../../errors.ts'
import type { IntentContext } from '../../intent/parsed-request.ts'
import { harmlessText } from '../../printable.ts'
import { pasted } from '../failing/pasted-step.ts'
import { dateOrInstant } from '../input/date-or-instant.ts'
import { checked } from '../input/input.ts'
import { now } from '../output/clock.ts'
import { isInCi } from '../places/federation-flags.ts'
import type { Workplace } from '../places/workplace.ts'
import type { CreateFlags } from '../task/create-flags.ts'
import { canAsk } from './agree.ts'
import { intentContext } from './intent-context.ts'
import { renderProposal } from './print-proposal.ts'
import { type IsSame, isClear, isSameText, type Proposal, parseJson, wantedIn } from './proposal.ts'
import { creationCommand, wantedByFlags } from './wanted-task.ts'

/**
 * A request as it was typed or pasted, without what a terminal would take for an order. One that is too long is read all the
 * same, for what is said about it. Errors: INVALID_INPUT.
 */
function readRequest(words: string): string {
  const plain = harmlessText(stripVTControlCharacters(words).replace(/\r\n?/g, '\n')).trim()
  if (plain.length > rules.LONGEST_TEXT) return plain
  return checked('request', rules.request, plain, '"Fix auth bug by Friday"')
}

/**
 * Refused with the command that creates what was understood, where a title and a description hold all of that. Nothing is
 * created of a text that was cut: then the command waits for a shorter one.
 */
function tooLong(proposal: Proposal, flags: CreateFlags): MhvError {
  const wanted = wantedIn(proposal)
  const fits = (wanted.description ?? '').length <= rules.LONGEST_TEXT
  const limit = rules.LONGEST_TEXT.toLocaleString('en')
  const way = fits
    ? 'Give what follows the title by --description, or -d - from a file.'
    : 'A description holds no more than that either: give a short title, and a shorter text by -d - from a file or a pipe.'
  const title = wanted.title.endsWith('…') ? 'A short title' : wanted.title
  const shorter = { ...wanted, title, description: '-' }
  return new MhvError(
    'INVALID_INPUT',
    `A request has at most ${limit} characters, this one ${proposal.request.length.toLocaleString('en')}. ${way}`,
    {
      recovery: [creationCommand(fits ? wanted : shorter, flags)],
      data: { field: 'request', rule: `is longer than ${rules.LONGEST_TEXT} characters` },
    },
  )
}

/** Whether a flag says what the words say, in other words. */
function sameFor({ me }: IntentContext): IsSame {
  const plain = (field: string, value: unknown): unknown => {
    if (field === 'assignee' && value === 'me') return me
    if (field !== 'deadline' || value === 'none') return value
    try {
      return dateOrInstant('deadline', String(value), now())
    } catch {
      // What is no date is refused where it is read.
      return value
    }
  }
  return (field, one, other) => isSameText(field, plain(field, one), plain(field, other))
}

/** Refused where nobody can be asked, with what was understood and the command that creates it. */
function unclear(proposal: Proposal, flags: CreateFlags): MhvError {
  const percent = Math.round(proposal.parsed.confidence * 100)
  const command = pasted(creationCommand(wantedIn(proposal), flags))
  return new MhvError(
    'REQUEST_UNCLEAR',
    `The words are not clear enough (${percent} %, 80 % are needed), and there is no terminal to ask in; nothing was created. Understood:\n${renderProposal(proposal, null, true).trimEnd()}`,
    { recovery: [command], data: { parse: parseJson(proposal), command } },
  )
}

/**
 * Reads a request in words, beside what flags say. Where it is not clear what is meant, asks in a terminal.
 * @param workplace the repository that it is made in; null outside of any
 * @returns null where somebody was asked and wants nothing created
 * Errors: INVALID_INPUT; REQUEST_UNCLEAR without a terminal; those of intentContext.
 */
export async function understandRequest(
  words: string,
  flags: CreateFlags,
  workplace: Workplace | null,
): Promise<Proposal | null> {
  const request = readRequest(words)
  const context = await intentContext(workplace, flags.repos)
  const { parseRequest } = await import('../../intent/parse-request.ts')
  const parsed = await parseRequest(request, context)
  const given = wantedByFlags(flags)
  const proposal: Proposal = { request, parsed, given, answered: new Set(), isSame: sameFor(context) }
  if (request.length > rules.LONGEST_TEXT) throw tooLong(proposal, flags)
  if (flags['dry-run'] || flags.yes || isClear(proposal)) return proposal
  if (flags.json || isInCi() || !canAsk()) throw unclear(proposal, flags)
  const { askAbout } = await import('./ask-fields.ts')
  return askAbout(proposal, context)
}
