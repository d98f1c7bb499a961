/** A title as a part of a branch or directory name: lower-case ASCII letters, digits and single hyphens, at most 40. */
export function slug(title: string): string {
  const ascii = title.normalize('NFKD').replace(/[\u0300-\u036f]/g, '')
  const words = ascii
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return (
    words
      .slice(0, 40)
      .replace(/-[^-]*$/, (rest) => (words.length > 40 ? '' : rest))
      .replace(/-$/, '') || 'task'
  )
}
