/** Called with the numbers of texts done and to do. */
export type OnProgress = (done: number, total: number) => void

/** What makes vectors of texts: those of like meaning point in like directions. */
export interface Embedder {
  /** Names the model and its content, so that vectors of one are never taken for those of another. */
  readonly id: string
  readonly dimensions: number
  /** A vector of unit length for each text, in their order; of nothing but zeros where it knows no word of a text. */
  embed(texts: readonly string[], onProgress?: OnProgress): Promise<Float32Array[]>
  /** Gives back what it holds. It may be used again, and begins anew. */
  close(): Promise<void>
}
