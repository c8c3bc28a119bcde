/** Hands a file to the browser's downloads. */
export function saveFile({
  filename,
  mediaType,
  content,
  encoding = 'utf8',
}: {
  filename: string
  mediaType: string
  content: string
  encoding?: 'utf8' | 'base64'
}): void {
  const bytes = encoding === 'utf8' ? content : Uint8Array.from(atob(content), (c) => c.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = filename
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
