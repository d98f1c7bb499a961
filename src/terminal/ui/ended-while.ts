/**
 * What is said where a signal has ended the view and what ran in it: its state is for somebody to look at.
 * @param running what ran, as the view calls it: `Complete #3`, `gate run akosha#3`, `Sync`
 */
export function saidOfEnded(signal: string, running: string): string {
  const [, repository = '', number] = /(?:^|\s)([\w.-]*)#?(\d+)$/.exec(running) ?? []
  const name = repository === '' ? number : `${repository}#${number}`
  const look = number === undefined ? 'mhv status' : `mhv task show ${name}`
  return `mhv ui was ended by ${signal} while “${running}” was running, and ended that too. What came of it: ${look}\n`
}
