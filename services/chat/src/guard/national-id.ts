import { passesLuhn } from './card-number.ts'
import type { Place } from './card-number.ts'

/** Where numbers stand by which states know people, where their form or their check digits leave little doubt. */
export function findNationalIds(text: string): Place[] {
  return forms.flatMap(({ form, fits }) =>
    [...text.matchAll(form)].flatMap((match) => {
      const number = match.groups?.number ?? match[0]
      if (fits && !fits(number.replaceAll(/[\s-]/g, '').toUpperCase())) return []
      const start = match.index + match[0].lastIndexOf(number)
      return [{ start, end: start + number.length }]
    }),
  )
}

const forms: readonly { form: RegExp; fits?: (number: string) => boolean }[] = [
  // Social security number, United States: no area is 000, 666 or from 900 on.
  { form: /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\d-])/g },
  // National insurance number, United Kingdom.
  {
    form: /\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b/gi,
  },
  // DNI and NIE, Spain.
  { form: /\b(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z]\b/gi, fits: isSpanish },
  // Codice fiscale, Italy.
  { form: /\b[A-Z]{6}\d\d[ABCDEHLMPRST]\d\d[A-Z]\d{3}[A-Z]\b/gi, fits: isItalian },
  // Numéro de sécurité sociale, France.
  { form: /(?<!\d)[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?\d\d ?\d{3} ?\d{3} ?\d\d(?!\d)/g, fits: isFrench },
  // PESEL, Poland: named so, for telephone numbers are as long.
  { form: /\bPESEL[ :#]{1,3}(?<number>\d{11})(?!\d)/gi },
  // Personnummer, Sweden.
  {
    form: /(?<![\d-])(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-\d{4}(?![\d-])/g,
    fits: (number) => passesLuhn(number.slice(-10)),
  },
  // What somebody calls the number of a document.
  {
    form: /\b(?:passport|identity card|id card|social security|tax id|national id|Reisepass|Personalausweis)(?: (?:no|nr|number|nummer))?\.?[ :#]{1,3}(?<number>(?=[A-Z]{0,3}\d)[A-Z\d]{7,12})\b/gi,
  },
]

function isSpanish(number: string): boolean {
  const digits = number.slice(0, -1).replace(/^[XYZ]/, (first) => String('XYZ'.indexOf(first)))
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] === number.at(-1)
}

function isItalian(number: string): boolean {
  let sum = 0
  for (let place = 0; place < 15; place++) {
    const value = Number.parseInt(number[place]!, 36)
    const letter = value > 9 ? value - 10 : value
    sum += place % 2 === 0 ? italianOdd[letter]! : letter
  }
  return String.fromCharCode(65 + (sum % 26)) === number[15]
}

const italianOdd = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
]

function isFrench(number: string): boolean {
  return 97 - (Number(number.slice(0, 13)) % 97) === Number(number.slice(13))
}
