/** Text as the service takes it: pasted control characters and halves of characters removed, ends trimmed. */
export function cleanText(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '').trim()
}
