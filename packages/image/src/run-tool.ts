import { spawn } from 'node:child_process'

/** Runs a program to its end and answers what it printed. Throws where it fails, with all that it said. */
export async function runTool(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  const printed: string[] = []
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const end = await new Promise<number | string | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? signal))
  })
  if (end === 0) return printed.join('').trim()
  const last = [...printed, ...said].join('').trim().split('\n').slice(-25).join('\n')
  throw new Error(`${command} ${args.join(' ')} ended with ${end}:\n${last}`)
}

/** Whether the program is there and works: a client whose server is away does not. */
export async function answers(command: string, args: readonly string[]): Promise<boolean> {
  return runTool(command, args).then(
    () => true,
    () => false,
  )
}
