const failure = (code: string, path: string) => Object.assign(new Error(`${code}: ${path}`), { code })

/** The few operations on files that isomorphic-git needs for a fetch, in memory: nothing is left behind on a disk. */
export function memoryFiles(files: Readonly<Record<string, string>>) {
  const contents = new Map<string, Buffer>(
    Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]),
  )
  const namesIn = (directory: string) => {
    const prefix = `${directory.replace(/\/$/, '')}/`
    const below = [...contents.keys()].filter((path) => path.startsWith(prefix))
    return [...new Set(below.map((path) => path.slice(prefix.length).split('/')[0]!))]
  }
  const stat = async (path: string) => {
    const content = contents.get(path)
    if (!content && namesIn(path).length === 0) throw failure('ENOENT', path)
    return {
      isFile: () => content !== undefined,
      isDirectory: () => content === undefined,
      isSymbolicLink: () => false,
      size: content?.length ?? 0,
      mode: 0o644,
    }
  }
  return {
    async readFile(path: string, options?: { encoding?: BufferEncoding } | BufferEncoding) {
      const content = contents.get(path)
      if (!content) throw failure('ENOENT', path)
      const encoding = typeof options === 'string' ? options : options?.encoding
      return encoding ? content.toString(encoding) : content
    },
    async writeFile(path: string, content: Uint8Array | string) {
      contents.set(path, Buffer.from(content as string))
    },
    async unlink(path: string) {
      if (!contents.delete(path)) throw failure('ENOENT', path)
    },
    readdir: async (path: string) => namesIn(path),
    // Directories are there as soon as something is in them.
    async mkdir() {},
    async rmdir() {},
    stat,
    lstat: stat,
    async readlink(path: string) {
      throw failure('EINVAL', path)
    },
    async symlink(path: string) {
      throw failure('ENOSYS', path)
    },
  }
}
