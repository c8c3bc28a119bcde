/** Does jobs for the process that started this one, each by its name, and ends with it. */
export function serveJobs(jobs: Record<string, (given: any) => Promise<unknown>>): void {
  process.on('message', async ({ id, job, given }: { id: number; job: string; given: unknown }) => {
    try {
      process.send!({ id, answer: await jobs[job]!(given) })
    } catch (err) {
      process.send!({ id, error: String((err as Error).stack) })
    }
  })
  process.once('disconnect', () => process.exit())
  process.once('SIGTERM', () => process.exit())
  process.send!({ ready: true })
}
