/** What the buyer typed. It lives as long as the request that brought it. */
export interface CardForm {
  cardNumber: string
  expiry: string
  cvc: string
  name: string
}

export type CardField = keyof CardForm
export type CardErrors = Partial<Record<CardField, string>>

export function readCardForm(body: string): CardForm {
  const form = new URLSearchParams(body)
  const field = (name: CardField) => (form.get(name) ?? '').trim().slice(0, 100)
  return { cardNumber: field('cardNumber'), expiry: field('expiry'), cvc: field('cvc'), name: field('name') }
}

/** What is wrong with the form, by field; nothing wrong is an empty object. */
export function checkCard(card: CardForm, now = new Date()): CardErrors {
  const errors: CardErrors = {}
  if (!isCardNumber(card.cardNumber)) errors.cardNumber = 'This is not a card number.'
  if (!isInFuture(card.expiry, now)) errors.expiry = 'Write month and year, not in the past, as MM / YY.'
  if (!/^\d{3,4}$/.test(card.cvc)) errors.cvc = 'Three or four digits.'
  if (card.name === '') errors.name = 'Write the name on the card.'
  return errors
}

/** The bank's answer: the sandbox knows one card it declines. */
export function isDeclined(card: CardForm): boolean {
  return digits(card.cardNumber) === '4000000000000002'
}

function isCardNumber(text: string): boolean {
  const number = digits(text)
  return /^\d{13,19}$/.test(number) && luhnSum(number) % 10 === 0
}

/** Every second digit from the right counts double (ISO/IEC 7812-1). */
function luhnSum(number: string): number {
  return [...number].toReversed().reduce((sum, character, index) => {
    const digit = Number(character) * (index % 2 === 0 ? 1 : 2)
    return sum + (digit > 9 ? digit - 9 : digit)
  }, 0)
}

function isInFuture(expiry: string, now: Date): boolean {
  const match = /^(0[1-9]|1[0-2])\s*\/\s*(?:20)?(\d{2})$/.exec(expiry)
  if (!match) return false
  const firstInvalidDay = Date.UTC(2000 + Number(match[2]), Number(match[1]), 1)
  return firstInvalidDay > now.getTime()
}

function digits(text: string): string {
  return text.replace(/[\s-]/g, '')
}
