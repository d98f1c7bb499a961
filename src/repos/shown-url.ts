import { withoutPasswords } from '../git/remote-failure.ts'

/**
 * A URL as a file may have it that is shared, and as it may be shown: without passwords, and without what some hosts take
 * tokens in. Whoever goes there by HTTP says so to git; by SSH the name is a part of the place.
 */
export const publicUrl = (url: string): string =>
  url
    .replace(/^(https?:\/\/)[^/]*@/i, '$1')
    .replace(/^([a-z][a-z\d+.-]*:\/\/[^/:@]*):[^/]*@/i, '$1@')
    .replace(/[?#].*$/, '')

/** A URL as it can be compared: whoever goes there, and with whichever of the endings that git takes. */
export const comparableUrl = (url: string): string =>
  publicUrl(url)
    .replace(/^([a-z][a-z\d+.-]*:\/\/)[^/]*@/i, '$1')
    .replace(/(?:\.git)?\/*$/, '')

/** A text about a URL, as it may be shown. */
export const withoutSecrets = (text: string, url: string): string =>
  withoutPasswords(text.replaceAll(url, publicUrl(url)))
