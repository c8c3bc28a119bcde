import { z } from 'zod'
import { until } from './until.ts'

/** Reads the local platform's mail as the people of the story would: by looking at what has arrived. */
export function openMailbox(url: string) {
  async function lettersTo(address: string): Promise<Letter[]> {
    const response = await fetch(`${url}/mail/api/messages?to=${encodeURIComponent(address)}`)
    if (!response.ok) throw new Error(`the mail page answered ${response.status}`)
    return Letters.parse(await response.json()).filter((letter) => letter.to.includes(address))
  }
  return {
    lettersTo,
    /** The newest letter to `address` that has `word`, once it has arrived. */
    letterTo: (address: string, word: string) =>
      until(`a letter to the address with "${word}"`, async () =>
        (await lettersTo(address)).find(({ subject, text }) => subject.includes(word) || text.includes(word)),
      ),
  }
}

/** A value that the letter's link carries in its fragment, such as a token. */
export function fromLink(letter: Letter, name: string): string {
  const value = new RegExp(`[#&]${name}=([^&\\s"<]+)`).exec(letter.text)?.[1]
  if (!value) throw new Error(`the letter has no link with ${name}`)
  return decodeURIComponent(value)
}

const Letters = z.array(
  z.object({
    id: z.string(),
    to: z.array(z.string()),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
  }),
)
export type Letter = z.infer<typeof Letters>[number]
export type Mailbox = ReturnType<typeof openMailbox>
