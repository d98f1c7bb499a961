/**
 * Ends this process with SIGKILL when MHV_FAULT names the point: the tests of crash safety need a death at each step of
 * a write that no handler can soften.
 */
export function faultPoint(name: string): void {
  if (process.env.MHV_FAULT === name) process.kill(process.pid, 'SIGKILL')
}
