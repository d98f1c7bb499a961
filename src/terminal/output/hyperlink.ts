import { hostname } from 'node:os'
import { pathToFileURL } from 'node:url'
import { isPlain } from './output-mode.ts'

/** Versions from which on a terminal shows links, by the name that it gives itself. */
const SINCE: Readonly<Record<string, readonly number[]>> = {
  'iTerm.app': [3, 1],
  WezTerm: [20200620],
  vscode: [1, 72],
  ghostty: [0],
  zed: [0],
}

function isSince(version: string, least: readonly number[]): boolean {
  const parts = version.split(/[.-]/).map(Number)
  for (const [i, wanted] of least.entries()) {
    const part = parts[i] || 0
    if (part !== wanted) return part > wanted
  }
  return true
}

/** Whether a terminal is known to show links, by what it says of itself. FORCE_HYPERLINK decides where it is set. */
export function knowsLinks(environment: NodeJS.ProcessEnv): boolean {
  const { FORCE_HYPERLINK, CI, TEAMCITY_VERSION, TERM, TERM_PROGRAM, TERM_PROGRAM_VERSION } = environment
  if (FORCE_HYPERLINK !== undefined) return FORCE_HYPERLINK !== '0'
  if (TERM === 'dumb' || CI !== undefined || TEAMCITY_VERSION !== undefined) return false
  if (environment.WT_SESSION !== undefined) return true
  const least = SINCE[TERM_PROGRAM ?? '']
  if (least) return isSince(TERM_PROGRAM_VERSION ?? '', least)
  // The version that is left out crashed at links.
  const { VTE_VERSION } = environment
  if (VTE_VERSION !== undefined)
    return VTE_VERSION !== '0.50.0' && Number(VTE_VERSION.replaceAll('.', '')) >= 5000
  return TERM === 'xterm-kitty' || TERM === 'alacritty'
}

/** Whether links are shown on standard output: never where it is no terminal. */
const showsLinks = () => process.stdout.isTTY === true && !isPlain() && knowsLinks(process.env)

/** What a code of the terminal ends with (ST), and what all terminals take for the same. */
const END = '\u001b\\'
export const BELL = '\u0007'

/** An address in ASCII. What is no character on its own is one that stands for such. */
const inAscii = (address: string) =>
  address.replace(/[^!-~]+/g, (text) => encodeURIComponent(Buffer.from(text).toString()))

/** A text that leads to an address where the terminal shows links (OSC 8); it is as wide as the text. */
export const link = (text: string, address: string, end = END): string =>
  showsLinks() ? `\u001b]8;;${inAscii(address)}${end}${text}\u001b]8;;${end}` : text

/** A text that leads to a file or a directory, which is on this machine. */
export function linkToFile(text: string, path: string): string {
  if (!showsLinks()) return text
  const address = pathToFileURL(path)
  address.hostname = hostname()
  return link(text, address.href)
}

/** A text that is an address of the web, as a link to it; any other as it is. */
export const linkIfAddress = (text: string): string =>
  /^https?:\/\/[^\s\u0000-\u001f]+$/.test(text) ? link(text, text) : text
