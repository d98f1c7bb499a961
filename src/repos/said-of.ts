/** A message about a repository, or an entry that is to be one, with its name in front once. */
export const saidOf = (name: string, message: string): string =>
  message.startsWith(`${name} `) || message.startsWith(`${name}: `) ? message : `${name}: ${message}`
