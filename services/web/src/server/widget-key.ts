import { readFile } from 'node:fs/promises'

/** Whose site this is, by its widget key. Read each time: the local stack writes it after this process has started. */
export async function readWidgetKey(file: string | undefined): Promise<string | null> {
  if (!file) return null
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => null,
  )
}
