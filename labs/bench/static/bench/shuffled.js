/** The same things in another order, drawn. */
export function shuffled(list) {
  const drawn = list.map(item => [Math.random(), item])
  return drawn.sort((a, b) => a[0] - b[0]).map(pair => pair[1])
}
