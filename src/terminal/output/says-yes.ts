const NO = ['', '0', 'false', 'no', 'off']

/** Whether a variable of the environment says yes: anything but nothing and what says no. */
export const saysYes = (value: string | undefined): boolean => !NO.includes((value ?? '').toLowerCase())
