/** A snippet in which the service marked matches by U+0002 and U+0003. */
export function Highlighted({ snippet }: { snippet: string }) {
  return splitMarks(snippet).map(({ text, isMatch }, index) =>
    isMatch ? (
      <mark key={index} className="rounded-sm bg-signal-soft px-0.5 font-semibold text-signal-text">
        {text}
      </mark>
    ) : (
      <span key={index}>{text}</span>
    ),
  )
}

export function splitMarks(snippet: string): { text: string; isMatch: boolean }[] {
  return snippet
    .split('\u0002')
    .flatMap((part, index) => {
      if (index === 0) return [{ text: part, isMatch: false }]
      const [match = '', ...rest] = part.split('\u0003')
      return [
        { text: match, isMatch: true },
        { text: rest.join(''), isMatch: false },
      ]
    })
    .filter(({ text }) => text !== '')
}
