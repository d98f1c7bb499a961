/** Shapes of what lets somebody in somewhere: passwords in URLs, keys of well-known services, values that are named so. */
const SECRETS: readonly RegExp[] = [
  /:\/\/[^/@\s']*@/,
  /\b(?:gh[pousr]_|github_pat_|glpat-|sk-|xox[abprs]-|AKIA|ASIA|AIza|npm_|hf_|pypi-)[\w-]{8,}/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /--?[\w-]*(?:passw|secret|token|key|credential)[\w-]*(?:=|\s+)\S/i,
  /(?:passw(?:or)?d|passphrase|secret|token|key|credentials?)["']?\s*[=:]\s*\S/i,
  /\b(?:bearer|basic)\s+[\w+/.=-]{12,}/i,
  // What is as long and mixed as this is no word of a language.
  /\b(?=[\w+/-]*\d)(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])[\w+/-]{32,}\b/,
]

/** Whether a line may hold a secret. In doubt it does: nothing but its place in a history is lost. */
export const holdsSecret = (line: string): boolean => SECRETS.some((shape) => shape.test(line))
