/** When a deadline has passed, in milliseconds since 1970: a date at the end of its local day, an instant at once. */
export const endOfDeadline = (deadline: string): number =>
  deadline.length === 10 ? new Date(`${deadline}T23:59:59.999`).getTime() : Date.parse(deadline)
