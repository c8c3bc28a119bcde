/**
 * The hashes of RFC 6962, section 2.1: leaves and nodes are hashed under different prefixes, so that neither passes for
 * the other. By Web Cryptography, so that a browser checks with the code that a server does.
 */
export function leafHash(text: string): Promise<Uint8Array> {
  return sha256(leafPrefix, new TextEncoder().encode(text))
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  return sha256(nodePrefix, left, right)
}

export const leafPrefix = Uint8Array.of(0)
export const nodePrefix = Uint8Array.of(1)

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}

export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

async function sha256(...parts: Uint8Array[]): Promise<Uint8Array> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}
