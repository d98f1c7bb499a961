// Not in TypeScript: the types of this library bring those of a browser along, for the whole program.
import { common, createLowlight } from 'lowlight'

/** Knows the common languages. */
export const makeHighlighter = () => createLowlight(common)
