/**
 * Resolves when somebody ends us, so that what was opened can be closed first. It goes on listening: a terminal, npm and
 * the bootstrap each send the same Ctrl-C, and the second that nobody listens for would end the closing.
 */
export function interruption(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve('interrupted'))
  })
}
