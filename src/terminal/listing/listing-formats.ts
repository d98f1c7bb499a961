export const FORMATS = ['table', 'json', 'jsonl', 'csv', 'markdown'] as const
export type Format = (typeof FORMATS)[number]
