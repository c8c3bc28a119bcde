import PostalMime from 'postal-mime'

/** A received mail, as the page and the tests see it. */
export interface Message {
  readonly id: string
  readonly receivedAt: string
  readonly from: string
  /** Whom the envelope named: where it went, whatever the headers say. */
  readonly to: string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  /** By lower-case name; of a repeated header the first. */
  readonly headers: Record<string, string>
  readonly attachments: { name: string; mediaType: string; bytes: number }[]
}

/** Reads a kept mail: what was sent, under the lines that the sink put above it. */
export async function parseMessage(id: string, raw: Buffer): Promise<Message> {
  const mail = await PostalMime.parse(raw)
  const sinkLines = mail.headers.filter(({ key }) => key === 'delivered-to')
  return {
    id,
    receivedAt: mail.headers.find(({ key }) => key === 'x-received-at')?.value ?? '',
    from: mail.from?.address ?? '',
    to: sinkLines.map(({ value }) => value),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]).toReversed()),
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? 'unnamed',
      mediaType: mimeType,
      bytes: typeof content === 'string' ? content.length : content.byteLength,
    })),
  }
}

/** The lines above the mail, as a delivering server writes them. */
export function envelopeLines(envelope: { from: string; to: string[] }, receivedAt: Date): string {
  const lines = [
    `X-Received-At: ${receivedAt.toISOString()}`,
    `Return-Path: <${envelope.from}>`,
    ...envelope.to.map((address) => `Delivered-To: ${address}`),
  ]
  return `${lines.join('\r\n')}\r\n`
}
