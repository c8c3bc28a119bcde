/** Whether Kubernetes reads a text as an amount of something. */
export function isQuantity(amount: unknown): boolean {
  return pattern.test(String(amount))
}

/** An amount as Kubernetes writes it, in cores, bytes or pieces. Throws for what is none. */
export function quantity(amount: unknown): number {
  const [, number, unit = ''] = pattern.exec(String(amount)) ?? []
  if (number === undefined) throw new Error(`${String(amount)} is no quantity`)
  return Number(number) * units[unit]!
}

const pattern = /^(\d+(?:\.\d+)?)(m|k|[KMGT]i|[MGT])?$/
const units: Record<string, number> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}
