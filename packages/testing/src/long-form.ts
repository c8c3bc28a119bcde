/**
 * `npm test -- --whole` runs every case of the long tests. Without it each takes some of its cases, others in each run;
 * `CANDOR_SEED` replays a choice.
 */
export const isWhole = process.env.CANDOR_WHOLE === '1'

/** What this run's choices are made from. */
export const seed = Number(process.env.CANDOR_SEED ?? Date.now() % 2 ** 31)

/** All of `cases` when the whole runs, `count` of them when not; in their order. */
export function some<T>(cases: readonly T[], count: number): T[] {
  if (isWhole) return [...cases]
  const chosen = new Set(shuffle([...cases.keys()], createRandom(seed)).slice(0, count))
  return cases.filter((_, place) => chosen.has(place))
}

/** The same in another order: each draws a lot. */
export function shuffle<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((one) => ({ one, lot: random() }))
    .toSorted((a, b) => a.lot - b.lot)
    .map(({ one }) => one)
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function createRandom(from: number): () => number {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
