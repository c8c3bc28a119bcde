/** Texts of made-up words, drawn as often as Zipf's law says, the same ones each time. */
export function madeUpText(): {
  words: string[]
  random: () => number
  sentence: (length: number) => string
} {
  const random = randomNumbers(7)
  const syllables = 'ka re mo ti sun del iv er ra no pel qua zi tor fun lam ste gri bo ny'.split(' ')
  // From the most frequent to the rarest.
  const words = Array.from({ length: 30_000 }, () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => syllables[Math.floor(random() * 20)]).join(''),
  )
  const sentence = (length: number) =>
    Array.from({ length }, () => {
      const rank = Math.exp(random() * Math.log(words.length))
      return words[Math.min(words.length - 1, Math.floor(rank) - 1)]
    }).join(' ')
  return { words, random, sentence }
}

function randomNumbers(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) / 0x7fffffff
}
