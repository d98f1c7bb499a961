export interface Credentials {
  readonly username: string
  readonly password: string
}

const originOf = (url: string | undefined): string | null =>
  url && URL.canParse(url) ? new URL(url).origin : null

/** A host means HTTPS; plain HTTP has to be asked for by name. */
const asOrigin = (place: string) => originOf(/^https?:\/\//.test(place) ? place : `https://${place}`)

/** `name:token`, or a token for which the hosts take any name. */
function fromWord(word: string): Credentials {
  const colon = word.indexOf(':')
  return colon < 0
    ? { username: 'x-access-token', password: word }
    : { username: word.slice(0, colon), password: word.slice(colon + 1) }
}

/**
 * What the environment holds for an address: MHV_TOKEN for the hosts in MHV_TOKEN_HOST (separated by commas), and the
 * tokens that GitHub and GitLab give their jobs, each for the host that gave it. A list of repositories may come from
 * anybody, so no token ever goes to a host that it was not meant for.
 */
export function credentialsFor(address: string, environment: NodeJS.ProcessEnv): Credentials | null {
  const origin = originOf(address)
  const { MHV_TOKEN, MHV_TOKEN_HOST, GITHUB_TOKEN, GITHUB_SERVER_URL, CI_JOB_TOKEN, CI_SERVER_URL } =
    environment
  const isMeant = (MHV_TOKEN_HOST ?? '').split(',').some((place) => asOrigin(place.trim()) === origin)
  if (MHV_TOKEN && isMeant) return fromWord(MHV_TOKEN)
  if (GITHUB_TOKEN && origin === originOf(GITHUB_SERVER_URL || 'https://github.com'))
    return { username: 'x-access-token', password: GITHUB_TOKEN }
  if (CI_JOB_TOKEN && origin === originOf(CI_SERVER_URL))
    return { username: 'gitlab-ci-token', password: CI_JOB_TOKEN }
  return null
}

/** An address that can be shown and stored: without name and password. */
export function withoutCredentials(address: string): string {
  return address.replace(/^(\w+:\/\/)[^/]*@/, '$1')
}

/** Name and password that an address itself holds. */
export function credentialsIn(address: string): Credentials | null {
  const { username, password } = new URL(address)
  if (!username && !password) return null
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) }
}

/** Answers git when it asks for the password of a host; the secret itself is in no argument, which others could read. */
const HELPER =
  '!mhv() { test "$1" = get && printf "username=%s\\npassword=%s\\n" "$MHV_HOST_NAME" "$MHV_HOST_SECRET"; }; mhv'

/**
 * Variables by which a git process knows, besides what the user has configured, the credentials that the environment
 * holds for an address. git asks for them when that host does, and for no other. Settings that the environment hands to
 * git keep their places; ours comes after them.
 */
export function credentialVariables(
  address: string,
  environment: NodeJS.ProcessEnv,
): Readonly<Record<string, string>> {
  const credentials = credentialsFor(address, environment)
  if (!credentials) return {}
  const place = Number.parseInt(environment.GIT_CONFIG_COUNT ?? '', 10) || 0
  return {
    GIT_CONFIG_COUNT: String(place + 1),
    [`GIT_CONFIG_KEY_${place}`]: `credential.${new URL(address).origin}.helper`,
    [`GIT_CONFIG_VALUE_${place}`]: HELPER,
    MHV_HOST_NAME: credentials.username,
    MHV_HOST_SECRET: credentials.password,
  }
}
