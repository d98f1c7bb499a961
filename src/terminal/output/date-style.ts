import { MhvError } from '../../errors.ts'

const STYLES = ['iso', 'relative'] as const
export type DateStyle = (typeof STYLES)[number]

/** How MHV_DATES wants dates to be shown; null where it says nothing. Errors: INVALID_INPUT. */
export function dateStyle({ MHV_DATES: said }: NodeJS.ProcessEnv = process.env): DateStyle | null {
  if (said === undefined || said === '') return null
  const style = STYLES.find((each) => each === said.toLowerCase())
  if (style) return style
  throw new MhvError(
    'INVALID_INPUT',
    `MHV_DATES is “${said}”, which is none of: ${STYLES.join(', ')}. Example: MHV_DATES=${STYLES[0]}.`,
    {
      recovery: [`export MHV_DATES=${STYLES[0]}`, 'unset MHV_DATES'],
      data: { field: 'MHV_DATES', value: said, legal: STYLES },
    },
  )
}
