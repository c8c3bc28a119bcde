/** Stands where a column must hold something and the person asked to be forgotten. */
export const erasedWord = '[erased]'
