import { writeWhole } from '../../write-whole.ts'

type Done = (error?: Error) => void

/**
 * Has a standard stream write all that it is given. Node writes to a file or a device once, and takes a part for the whole:
 * on a disk that fills up an answer would be cut with nobody told. Pipes and terminals see to the rest by themselves.
 */
export function wholeStream(stream: NodeJS.WriteStream & { readonly fd: number }): void {
  if ((stream as { _type?: string })._type !== 'fs') return
  stream._write = (piece: Buffer, _encoding: BufferEncoding, done: Done) => {
    try {
      writeWhole(stream.fd, piece)
    } catch (error) {
      return done(error as Error)
    }
    done()
  }
}
