import type { Place } from './card-number.ts'

/** Where international bank account numbers stand whose check digits fit (ISO 13616). */
export function findIbans(text: string): Place[] {
  const found: Place[] = []
  for (const { index } of text.matchAll(/(?<![\p{L}\d])[A-Za-z]{2}\d\d(?=[ A-Za-z\d])/gu)) {
    const iban = ibanAt(text, index)
    if (iban && passesCheck(iban.letters)) found.push({ start: index, end: iban.end })
  }
  return found
}

/** What stands here and has the form of a bank account number: a country that has them, and the length they have there. */
export function ibanAt(text: string, start: number): { letters: string; end: number } | undefined {
  if (start < 0) return undefined
  const length = lengths.get(text.slice(start, start + 2).toUpperCase())
  if (length === undefined || isWordCharacter(text[start - 1])) return undefined
  let letters = ''
  let at = start
  for (; letters.length < length && at < text.length; at++) {
    if (/[A-Za-z\d]/.test(text[at]!)) letters += text[at]!.toUpperCase()
    else if (text[at] !== ' ' && text[at] !== '\u00a0') return undefined
  }
  if (letters.length < length || isWordCharacter(text[at])) return undefined
  return { letters, end: at }
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\d]/u.test(character)
}

/** ISO 7064, MOD 97-10. */
function passesCheck(letters: string): boolean {
  let rest = 0
  for (const character of letters.slice(4) + letters.slice(0, 4))
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}

/** Letters and digits of an account number, by country (the IBAN registry of SWIFT). */
const registry =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ' +
  'ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 ' +
  'LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 ' +
  'RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TN24 TR26 UA29 VA22 VG24 XK20'
const lengths = new Map(registry.split(' ').map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]))
