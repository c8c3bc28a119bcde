/** Grey lines while content is on its way. */
export function Skeleton({ lines = 3, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 p-5">
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} aria-hidden="true" className={`skeleton h-4 ${widths[index % widths.length]}`} />
      ))}
    </div>
  )
}

const widths = ['w-3/4', 'w-full', 'w-5/6', 'w-2/3']
