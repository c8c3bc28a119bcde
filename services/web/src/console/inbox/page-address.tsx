/** The page a visitor writes from, without scheme; a link only when it is an ordinary web address. */
export function PageAddress({ address }: { address: string }) {
  const url = parse(address)
  if (!url) return <span className="break-all">{address}</span>
  return (
    <a href={url.href} target="_blank" rel="noreferrer" className="link break-all">
      {url.host}
      {url.pathname === '/' ? '' : url.pathname}
    </a>
  )
}

function parse(address: string): URL | null {
  const url = URL.parse(address)
  return url && /^https?:$/.test(url.protocol) ? url : null
}
