/** How amounts compare: a bar each. The picture is for the eye; the same stands in a table for everybody else. */
export function Shares({ label, of, unit, values }: SharesProps) {
  const most = Math.max(1, ...values.map(({ count }) => count))
  return (
    <figure aria-label={label} className="relative">
      <div aria-hidden="true" className="flex flex-col gap-3">
        {values.map(({ key, label: name, count }) => (
          <div
            key={key}
            className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 text-[0.9375rem] sm:grid-cols-[16rem_1fr_4rem]"
          >
            <span className="min-w-0">{name}</span>
            <svg
              viewBox="0 0 100 10"
              preserveAspectRatio="none"
              className="order-last col-span-2 h-2.5 w-full overflow-hidden rounded-full bg-sunken sm:order-none sm:col-span-1"
            >
              <rect width={(100 * count) / most} height={10} className="fill-brand" />
            </svg>
            <span className="text-right text-muted tabular-nums">{number.format(count)}</span>
          </div>
        ))}
      </div>
      <table className="sr-only">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{of}</th>
            <th scope="col">{unit}</th>
          </tr>
        </thead>
        <tbody>
          {values.map(({ key, label: name, count }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

const number = new Intl.NumberFormat()

interface SharesProps {
  label: string
  /** Heads of the table's columns. */
  of: string
  unit: string
  values: readonly { key: string; label: string; count: number }[]
}
