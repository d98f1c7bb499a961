/** Whether this process is to die at the point: for a step that has to be half done when it does. */
export const diesAt = (name: string): boolean => process.env.MHV_FAULT === name

/**
 * Ends this process with SIGKILL when MHV_FAULT names the point: the tests of crash safety need a death at each step of
 * a write that no handler can soften.
 */
export function faultPoint(name: string): void {
  if (diesAt(name)) process.kill(process.pid, 'SIGKILL')
}
