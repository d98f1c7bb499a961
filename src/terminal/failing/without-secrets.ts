import { homeDirectory } from '../../home-directory.ts'

const REMOVED = '‹removed›'

/** Who is asked for in an address: a password, a token, or both. */
const CREDENTIALS = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]*@/gi

/** Keys by which tokens are known on sight. */
const TOKENS = [
  /\b(?:gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|npm_|hf_|sk-|pypi-)[\w-]{8,}/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
]

const SECRET_NAME =
  /token|secret|passw|pwd|credential|authorization|api[_-]?key|access[_-]?key|private[_-]?key/i

/** `password: x`, `"token": "x"`, `AUTHORIZATION=Basic x`, `--api-key x`. */
const NAMED =
  /([\w-]*(?:token|secret|passw(?:or)?d|pwd|credentials?|authorization|(?:api|access|private)[_-]?key)[\w-]*["']?(?:\s*[:=]\s*|\s+(?=["']))|--[\w-]*(?:token|secret|password|api-key)\s+|\b(?:basic|bearer)\s+)("[^"]*"|'[^']*'|(?:(?:basic|bearer)\s+)?[^\s,;}\]]+)/gi

/** Shorter values are words such as `true`, which would be taken out of everything that is said. */
const SHORTEST = 6

/** Named like passwords, and none. */
const DIRECTORIES = ['PWD', 'OLDPWD', 'INIT_CWD']

/** Values of variables whose names say that they are secret. */
const secretValues = (): string[] =>
  Object.entries(process.env).flatMap(([name, value]) =>
    SECRET_NAME.test(name) && !DIRECTORIES.includes(name) && value && value.length >= SHORTEST ? [value] : [],
  )

/**
 * A text for others to read, without what lets somebody in.
 * @param known secrets that are known from elsewhere, taken out wherever they stand
 */
export function withoutSecrets(text: string, known: readonly string[] = []): string {
  const literal = [...known, ...secretValues()].filter((secret) => secret.length >= SHORTEST)
  const cleared = literal
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, REMOVED), text)
    .replace(CREDENTIALS, `$1${REMOVED}@`)
    .replace(NAMED, `$1${REMOVED}`)
  return TOKENS.reduce((rest, token) => rest.replace(token, REMOVED), cleared)
}

/**
 * A text without what lets somebody in at the addresses that it has: a name with a password, and what is asked for
 * behind a question mark, which some hosts take tokens in.
 */
export const withoutUrlSecrets = (text: string): string =>
  text.includes('://')
    ? text.replace(/(:\/\/)[^/\s]*@/g, '$1').replace(/(:\/\/[^\s?'"<>”’]*)\?[^\s'"<>”’)]*/g, '$1')
    : text

/** A text for others without secrets, addresses of people, and where their home is. */
export function withoutPeople(text: string, known: readonly string[] = []): string {
  const home = homeDirectory()
  const at = home.length > 1 ? text.replaceAll(home, '~') : text
  return withoutSecrets(at, known)
    .replace(ADDRESS, '‹address›')
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '‹address›')
}

/** Where something is on a network. */
const ADDRESS = /\b[a-z][a-z\d+.-]*:\/\/[^\s'"<>”’)]*/gi

/** Hosts that the addresses in a text name, as they stand in messages by themselves. */
export const hostsIn = (text: string): string[] =>
  (text.match(ADDRESS) ?? []).flatMap((address) => {
    const host = /^[^:]*:\/\/(?:[^/]*@)?([^/:?#]*)/.exec(address)?.[1] ?? ''
    // A name without a dot may be a word of the report as well.
    return host.includes('.') ? [host] : []
  })

/** Whether a setting’s name says that its value is secret. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name) || /extraheader/i.test(name)
