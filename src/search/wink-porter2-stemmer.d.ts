declare module 'wink-porter2-stemmer' {
  /** The stem of an English word in lower case (Porter 2, as Snowball's). */
  export default function stem(word: string): string
}
