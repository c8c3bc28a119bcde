import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Downloads the NATS project's own release into `target`/usr/sbin and refuses any file but the one we know. */
export async function unpackNatsRelease(target: string): Promise<void> {
  const release = releases[`${process.platform}-${process.arch}`]
  if (!release) throw new Error(`no known release for ${process.platform}-${process.arch}`)
  const response = await fetch(`${address}/v${version}/nats-server-v${version}-${release.name}.tar.gz`, {
    signal: AbortSignal.timeout(120_000),
  })
  if (!response.ok) throw new Error(`the download was answered with status ${response.status}`)
  const archive = Buffer.from(await response.arrayBuffer())
  const sum = createHash('sha256').update(archive).digest('hex')
  if (sum !== release.sha256)
    throw new Error(`the download has the checksum ${sum} and not ${release.sha256}`)
  const [file, bin] = [join(target, 'release.tar.gz'), join(target, 'usr/sbin')]
  mkdirSync(bin, { recursive: true })
  writeFileSync(file, archive)
  await promisify(execFile)('tar', ['-xzf', file, '-C', bin, '--strip-components=1', '--no-same-owner'])
  rmSync(file)
}

const address = 'https://github.com/nats-io/nats-server/releases/download'
const version = '2.11.6'

/** The checksums that the official container image of this version verifies. */
const releases: Record<string, { name: string; sha256: string }> = {
  'linux-x64': {
    name: 'linux-amd64',
    sha256: '5e5272dd1bdb8da020aedc8cf883fb26c128441809a992f156e0b1ccb28ac5b7',
  },
  'linux-arm64': {
    name: 'linux-arm64',
    sha256: '4fe3c40bddc58e31012f55865df0dcd24012995d2893a4d64a0ae5cb147d7a36',
  },
}
