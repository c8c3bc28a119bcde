import type { Letter } from '../../story/mailbox.ts'

/** The link in a letter to that place, for its reader to follow. */
export function linkTo(place: string, { text }: Letter): string {
  const link = text
    .match(/https?:\/\/[^\s<>"]+/g)
    ?.find((address) => new URL(address).pathname.startsWith(place))
  if (!link) throw new Error(`the letter has no link to ${place}`)
  return link
}
