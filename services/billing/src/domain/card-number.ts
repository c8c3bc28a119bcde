/**
 * Whether a text holds what could be a payment card's number: 13 to 19 digits that pass the Luhn check (ISO/IEC 7812),
 * in one piece or in groups, with other numbers before or after them.
 */
export function holdsCardNumber(text: string): boolean {
  const runs = text.normalize('NFKC').match(/\d(?:[^\p{L}\d]{0,3}\d)*/gu) ?? []
  return runs.some((run) =>
    run.match(/\d+/g)!.some((_, start, groups) => beginsWithCardNumber(groups.slice(start))),
  )
}

function beginsWithCardNumber(groups: string[]): boolean {
  let digits = ''
  for (const group of groups) {
    digits += group
    if (digits.length > 19) return false
    if (digits.length >= 13 && passesLuhn(digits)) return true
  }
  return false
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = Number(digits[digits.length - 1 - fromRight])
    const doubled = fromRight % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
