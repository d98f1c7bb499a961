/** Places of the least numbers, in their order: of thousands that nobody will see, the order is not looked for. */
export function leastOf(keys: readonly number[], most: number): number[] {
  // Without a function that compares, numbers are sorted many times faster.
  const limit = Float64Array.from(keys).sort()[Math.min(most, keys.length) - 1]!
  const places: number[] = []
  for (let place = 0; place < keys.length; place++) if (keys[place]! <= limit) places.push(place)
  return places.sort((a, b) => keys[a]! - keys[b]!).slice(0, most)
}
