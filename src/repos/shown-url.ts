import { withoutPasswords } from '../git/remote-failure.ts'

/** A URL as it may be shown: without what it lets somebody in by. */
export const shownUrl = (url: string): string =>
  url.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/]*@/i, '$1').replace(/[?#].*$/, '')

/** A URL as a file may have it that is shared: whoever goes there by http says so to git, and no password goes along. */
export const publicUrl = (url: string): string =>
  url.replace(/^(https?:\/\/)[^/]*@/i, '$1').replace(/^([a-z][a-z\d+.-]*:\/\/[^/:@]*):[^/]*@/i, '$1@')

/** A URL as it can be compared: whoever goes there, and with whichever of the endings that git takes. */
export const comparableUrl = (url: string): string => shownUrl(url).replace(/(?:\.git)?\/*$/, '')

/** A text about a URL, as it may be shown. */
export const withoutSecrets = (text: string, url: string): string =>
  withoutPasswords(text.replaceAll(url, shownUrl(url)))
