// A guess on a logarithmic axis: the slider and the number field hold the same value.
const STEPS = 1000
const LEAST = 0.1

/** Keep each slider [data-log-drags] and its field at the same value, from 0.1 up to data-most. */
export function dragOnLogAxis(root) {
  for (const slider of root.querySelectorAll("[data-log-drags]")) {
    const field = root.querySelector(`#${slider.dataset.logDrags}`)
    const span = Math.log(Number(slider.dataset.most) / LEAST)
    const show = () => {
      const value = Number(field.value.replace(",", "."))
      if (value > 0) slider.value = STEPS * Math.log(Math.max(value, LEAST) / LEAST) / span
      slider.ariaValueText = `${field.value || 0} ms`
    }
    slider.addEventListener("input", () => {
      field.value = Number((LEAST * Math.exp(span * slider.value / STEPS)).toPrecision(2))
      show()
    })
    field.addEventListener("input", show)
    show()
  }
}
