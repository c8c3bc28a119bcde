/** Reports how far the visitor has received and read: only forward, and several steps as one. */
export function createReadMarks(report: (mark: Mark) => Promise<unknown>): ReadMarks {
  const reported = { delivered: 0, read: 0 }
  let next: Mark | null = null

  async function flush(): Promise<void> {
    const mark = next
    next = null
    if (mark === null || mark.seq <= reported[mark.state]) return
    const before = { ...reported }
    reported.delivered = Math.max(reported.delivered, mark.seq)
    if (mark.state === 'read') reported.read = mark.seq
    await report(mark).catch(() => Object.assign(reported, before))
  }

  return {
    reached: (seq, state) => {
      if (seq <= reported[state]) return
      if (next === null) setTimeout(flush, gatherMs)
      const isRead = state === 'read' || next?.state === 'read'
      next = { seq, state: isRead ? 'read' : 'delivered' }
    },
  }
}

export interface ReadMarks {
  reached(seq: number, state: Mark['state']): void
}

interface Mark {
  seq: number
  state: 'delivered' | 'read'
}

const gatherMs = 250
