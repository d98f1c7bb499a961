const plain = (value: number) => String(Number(value.toPrecision(value < 10 ? 2 : 3)))

/** A span as people say it: 40 min, 4.5 h, 3 days. */
export function hoursSaid(hours: number): string {
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`
  if (hours < 48) return `${plain(hours)} h`
  return `${plain(hours / 24)} days`
}
