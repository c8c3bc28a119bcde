/** The business whose privacy centre this is: `/privacy/<business>` and everything below it. */
export const slug = location.pathname.split('/')[2] ?? ''

export const basePath = `/privacy/${slug}`
