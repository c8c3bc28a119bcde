/**
 * Lays a short letter out as text and as HTML, from the same parts. `paragraphs` are plain text; `action` becomes a
 * button in HTML and a line of its own in text.
 */
export function letter(parts: {
  heading: string
  paragraphs: string[]
  action?: { label: string; url: string }
  footer?: string
}) {
  const { heading, paragraphs, action, footer } = parts
  const text = [
    heading,
    ...paragraphs,
    ...(action ? [`${action.label}: ${action.url}`] : []),
    ...(footer ? [footer] : []),
  ].join('\n\n')
  const body = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')
  const button = action
    ? `<p><a href="${escapeHtml(action.url)}" class="button" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#1f4f46;color:#ffffff;text-decoration:none">${escapeHtml(action.label)}</a></p>`
    : ''
  const small = footer
    ? `<p class="quiet" style="color:#5b6664;font-size:13px">${escapeHtml(footer)}</p>`
    : ''
  return {
    text: `${text}\n`,
    html: htmlPage(
      heading,
      `<h1 style="font-size:20px">${escapeHtml(heading)}</h1>\n${body}\n${button}\n${small}`,
    ),
  }
}

/**
 * A whole mail document around `body`, which is HTML. Its colours stand inline, for programs that read nothing else;
 * where the reader has it dark, the classes `paper`, `quiet`, `ink`, `mine`, `theirs` and `button` take other ones.
 */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title><style>${darkStyle}</style></head>
<body class="ground" style="margin:0;background:#f3f5f4">
<div class="paper" style="max-width:560px;margin:0 auto;padding:32px 24px;background:#ffffff;font:16px/1.5 system-ui,sans-serif;color:#15201e">
${body}
</div></body></html>
`
}

const darkStyle = `:root { color-scheme: light dark }
@media (prefers-color-scheme: dark) {
.ground { background: #121716 !important } .paper { background: #1a2120 !important; color: #e6ecea !important }
.quiet { color: #a3b0ad !important } .ink { color: #e6ecea !important } a { color: #8ed1bf !important }
.mine { background: #24413a !important } .theirs { background: #28302f !important }
.button { background: #8ed1bf !important; color: #10211c !important } }`

/** Makes text safe inside HTML and its attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
