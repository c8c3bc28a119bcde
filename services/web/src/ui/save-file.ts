/** Hands a file to the browser's downloads. */
export function saveFile({
  filename,
  mediaType,
  content,
}: {
  filename: string
  mediaType: string
  content: string
}): void {
  const url = URL.createObjectURL(new Blob([content], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = filename
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
