import { readFileSync } from 'node:fs'

/**
 * Ink takes every line of a picture apart into characters. Kept from one picture to the next, as far as there are not too
 * many, the lines that stay the same are not taken apart again: that is most of what a key press costs.
 */
export const lastingCaches = {
  name: 'lasting-caches',
  setup({ onLoad }) {
    onLoad({ filter: /ink[\\/]build[\\/]output\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const own = 'caches = new OutputCaches();'
      if (!text.includes(own)) throw new Error(`${path} has changed: look at lasting-caches`)
      const lasting =
        // Behind the last line of the file, which is a comment.
        '\nfunction lastingCaches() {\n  if (!((OutputCaches.kept?.styledChars.size ?? Infinity) < 3000)) OutputCaches.kept = new OutputCaches()\n  return OutputCaches.kept\n}\n'
      return { contents: text.replace(own, 'caches = lastingCaches();') + lasting }
    })
  },
}
