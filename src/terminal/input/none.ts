/** What people write for no value at all, wherever a field may be without one. Apart from fields.ts, whose rules a list need not load. */
export const NONE = 'none'
