/**
 * What people, proxies and attackers send in the place of a value: near misses of what is right, everything JSON can say,
 * and texts that trip databases and renderers. The same for the same `random`.
 */
export function nastyValue(random: Random, right: unknown): unknown {
  const lot = random()
  if (lot < 0.25 && typeof right === 'string') return nearMiss(random, right)
  if (lot < 0.55) return oneOf(random, knownTrouble)
  return anything(random, 4)
}

/** The text of a request, damaged on its way. */
export function tornText(random: Random, text: string): string {
  const at = Math.floor(random() * text.length)
  const until = at + 1 + Math.floor(random() * 8)
  const put = oneOf(random, [
    '',
    '"',
    '{',
    ']',
    '\\',
    ',',
    '\u0000',
    '\\ud800',
    '1e',
    ':null',
    '[['.repeat(40),
  ])
  return random() < 0.3 ? text.slice(0, at) : text.slice(0, at) + put + text.slice(until)
}

function nearMiss(random: Random, right: string): string {
  const at = Math.floor(random() * (right.length + 1))
  const isLonger = random() < 0.3
  return right.slice(0, at) + (isLonger ? right + right : anyCharacter(random)) + right.slice(at + 1)
}

function anything(random: Random, depth: number): unknown {
  const lot = random()
  if (depth > 0 && lot < 0.15)
    return Array.from({ length: Math.floor(random() * 4) }, () => anything(random, depth - 1))
  if (depth > 0 && lot < 0.35) {
    const keys = Array.from({ length: Math.floor(random() * 4) }, () => anyText(random, 8))
    return Object.fromEntries(keys.map((key) => [key, anything(random, depth - 1)]))
  }
  if (lot < 0.65) return anyText(random, 60)
  if (lot < 0.8) return (random() - 0.5) * 10 ** Math.floor(random() * 40 - 10)
  if (lot < 0.9) return Math.floor((random() - 0.5) * 1_000)
  return oneOf(random, [null, true, false, 0])
}

function anyText(random: Random, lengthMax: number): string {
  return Array.from({ length: Math.floor(random() * lengthMax) }, () => anyCharacter(random)).join('')
}

/** Also halves of surrogate pairs, controls and what has no character. */
function anyCharacter(random: Random): string {
  const top = oneOf(random, [0x20, 0x7f, 0x7f, 0x7f, 0x24f, 0x3000, 0x10000, 0x110000])
  return String.fromCodePoint(Math.floor(random() * top))
}

function oneOf<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!
}

const knownTrouble: readonly unknown[] = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', '\u202e', '%00', '../../etc/passwd', "' or 1=1 --"],
  ...['<script>alert(1)</script>', '__proto__', 'constructor', 'null', 'NaN', '1e999', '$1', '\\', '%'],
  ...['x'.repeat(5_000), '🚲'.repeat(400), '00000000-0000-0000-0000-000000000000', 'a@b.c', '(((', '"'],
  ...['9999-12-31T23:59:59.999Z', '0000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z', '2026-02-30', 'P1Y'],
  ...[-1, 0, 2 ** 31, 2 ** 53, 1e300, -0.5, 5e-324, -0, null, true, [], {}, [[]], [null], { length: -1 }],
  ...[JSON.parse('{"__proto__":{"x":1}}'), JSON.parse('{"toString":1,"then":1}'), Array(200).fill('x')],
  JSON.parse('['.repeat(30) + ']'.repeat(30)),
]

type Random = () => number
