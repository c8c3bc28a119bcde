import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A certificate for localhost that signs itself and ends when told, with its key, both as PEM (RFC 5280). */
export function makeCertificate(validTo: Date): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(oid(2, 5, 4, 3), der(0x0c, Buffer.from('localhost')))))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(time(new Date(0)), time(validTo)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(sequence(oid(2, 5, 29, 17), der(0x04, sequence(der(0x82, Buffer.from('localhost')))))),
    ),
  )
  const signature = sign('sha256', body, privateKey)
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.from([0]), signature])))
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function set(part: Buffer): Buffer {
  return der(0x31, part)
}

/** Numbers in groups of seven bits, all but the last marked. */
function oid(first: number, second: number, ...more: number[]): Buffer {
  const bytes = more.flatMap((part) => {
    const sevens: number[] = []
    for (let rest = part; rest > 0; rest = Math.floor(rest / 128)) sevens.unshift(rest % 128)
    return sevens.map((seven, at) => (at < sevens.length - 1 ? seven + 128 : seven))
  })
  return der(0x06, Buffer.from([first * 40 + second, ...bytes]))
}

function time(at: Date): Buffer {
  return der(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`))
}

const ecdsaWithSha256 = sequence(oid(1, 2, 840, 10_045, 4, 3, 2))
