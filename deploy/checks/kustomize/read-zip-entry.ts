import { inflateRawSync } from 'node:zlib'

/** One file of a zip archive, found by the directory at the archive's end. */
export function readZipEntry(archive: Buffer, name: string): Buffer {
  const end = archive.lastIndexOf(signatures.end)
  const entries = end < 0 ? 0 : archive.readUInt16LE(end + 10)
  let at = end < 0 ? 0 : archive.readUInt32LE(end + 16)
  for (let entry = 0; entry < entries; entry++) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      archive.readUInt16LE(at + field),
    )
    const file = at + 46
    if (archive.toString('utf8', file, file + nameLength!) === name) return readEntry(archive, at)
    at = file + nameLength! + extraLength! + commentLength!
  }
  throw new Error(`the archive holds no ${name}`)
}

function readEntry(archive: Buffer, at: number): Buffer {
  const isDeflated = archive.readUInt16LE(at + 10) === 8
  const length = archive.readUInt32LE(at + 20)
  const header = archive.readUInt32LE(at + 42)
  // The header before the file repeats the name, with extra fields of its own.
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28)
  const packed = archive.subarray(start, start + length)
  return isDeflated ? inflateRawSync(packed) : packed
}

const signatures = { end: Buffer.from('PK\x05\x06', 'latin1') }
