/**
 * Every word that one slip of a finger could have turned into this one - a letter too many, one left out, another one,
 * two that changed places - and those in which two vowels are others, as in `bycicle`. Words come without accents, so
 * that alphabets are small.
 */
export function likelySlips(word: string): string[] {
  const letters = [...word]
  const alphabet = alphabets.find((one) => one.includes(letters[0]!)) ?? letters
  const found = new Set([...withOneSlip(letters, alphabet), ...withOtherVowels(letters, alphabet)])
  found.delete(word)
  return [...found]
}

function* withOneSlip(letters: readonly string[], alphabet: readonly string[]): Generator<string> {
  for (let at = 0; at <= letters.length; at++) {
    const before = letters.slice(0, at).join('')
    const [first = '', second = '', ...rest] = letters.slice(at)
    const behindFirst = second + rest.join('')
    for (const letter of alphabet) yield before + letter + first + behindFirst
    if (first === '') continue
    yield before + behindFirst
    if (second !== '') yield before + second + first + rest.join('')
    for (const letter of alphabet) yield before + letter + behindFirst
  }
}

function* withOtherVowels(letters: readonly string[], alphabet: readonly string[]): Generator<string> {
  const vowels = alphabet.filter((letter) => allVowels.has(letter))
  const places = letters.flatMap((letter, at) => (allVowels.has(letter) ? [at] : [])).slice(0, vowelsMax)
  for (const [n, one] of places.entries()) {
    for (const other of places.slice(n + 1)) {
      for (const first of vowels)
        for (const second of vowels) yield letters.with(one, first).with(other, second).join('')
    }
  }
}

/** Small letters: Latin, Cyrillic, Greek, Hebrew, Arabic, Georgian, Armenian. In others only letters of the word itself are tried. */
const alphabets = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґјљњћџ',
  'αβγδεζηθικλμνξοπρστυφχψως',
  'אבגדהוזחטיכלמנסעפצקרשתךםןףץ',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءئؤ',
  'აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ',
  'աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ',
].map((alphabet) => [...alphabet])

const allVowels = new Set('aeiouyаеиоуыэюяіαεηιουω')
/** A long compound has many, and every pair is some forty words to look for. */
const vowelsMax = 6
