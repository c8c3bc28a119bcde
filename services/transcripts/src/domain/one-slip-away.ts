/**
 * Every word that one slip of a finger could have turned into this one: a letter too many, one left out, another one,
 * or two that changed places. Words come without accents, so that alphabets are small.
 */
export function oneSlipAway(word: string): string[] {
  const letters = [...word]
  const alphabet = alphabets.find((one) => one.includes(letters[0]!)) ?? letters
  const found = new Set<string>()
  for (let at = 0; at <= letters.length; at++) {
    const [before, after] = [letters.slice(0, at).join(''), letters.slice(at)]
    const [first = '', second = '', ...rest] = after
    if (after.length > 0) found.add(before + after.slice(1).join(''))
    if (after.length > 1) found.add(before + second + first + rest.join(''))
    for (const letter of alphabet) {
      found.add(before + letter + after.join(''))
      if (after.length > 0) found.add(before + letter + after.slice(1).join(''))
    }
  }
  found.delete(word)
  return [...found]
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
